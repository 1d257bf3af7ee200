package dev.holdfast.audit.whatif;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import java.util.List;

/**
 * What became of one thing that happened, or would have happened.
 *
 * @param delta how much later than recorded: of a fencing, the moment from which nothing of the incarnation can run or
 *     it is known to be alive; of a lease, its end. Null if the journal ends before that is known
 * @param recorded when it was decided; null if it was not
 * @param supposed when it would have been decided; null if it would not have been
 * @param guests that might have run there then
 * @param text for people, in one line
 */
public record Difference(
        Kind kind, String node, Incarnation incarnation, Change change, Duration delta, Moment recorded, Moment supposed,
        List<String> guests, String text) {

    /** What it is about. */
    public enum Kind { FENCING, LEASE }

    /** What would have been otherwise. */
    public enum Change { ADDED, AVOIDED, EARLIER, LATER, SAME }

    public Difference {
        guests = List.copyOf(guests);
    }

    /** When it happened or, if it did not, would have. */
    public Moment moment() {
        return recorded != null ? recorded : supposed;
    }

    static Change of(Duration delta) {
        return delta.isZero() ? Change.SAME : delta.isNegative() ? Change.EARLIER : Change.LATER;
    }
}
