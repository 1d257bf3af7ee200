package dev.holdfast.core.state;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * A cold start of the whole cluster, first in question, then noticed once a majority has come back on new boots
 * and no incarnation from before has beaten since.
 *
 * @param noticed false while it is only in question
 * @param returned voters that came back on a new boot since
 * @param since log time since the first of them
 */
public record ColdStart(boolean noticed, Collection<String> returned, LogTimer since) {

    public ColdStart {
        returned = Sorted.set(returned);
    }

    /** With one more voter back. */
    ColdStart with(String voter) {
        Set<String> more = new TreeSet<>(returned);
        more.add(voter);
        return new ColdStart(noticed, more, since);
    }
}
