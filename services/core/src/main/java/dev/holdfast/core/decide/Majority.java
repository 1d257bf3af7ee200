package dev.holdfast.core.decide;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;

/** All quorum arithmetic of Holdfast. */
public final class Majority {

    /** How many other voters must testify before an incarnation counts as fenced (rule R6's K). */
    public static final int WITNESSES = 2;

    private Majority() {}

    /** Smallest number of voters that is more than half of them; 1 for no voter, so that nobody never decides. */
    public static int of(int voters) {
        return voters / 2 + 1;
    }

    /** Whether so many live voters may decide. */
    public static boolean reached(int live, int voters) {
        return live >= of(voters);
    }

    /** Whether time can prove a death at all: with fewer than three voters only a confirmation can. */
    public static boolean timeCanProve(int voters) {
        return voters >= 3;
    }

    /**
     * The K-th largest of what the witnesses have each proven: a single wrong clock can neither shorten nor
     * stretch it beyond what an honest one says.
     *
     * @return zero if fewer than K have testified
     */
    public static Duration provenByWitnesses(Collection<Duration> proven) {
        return proven.stream()
                .sorted(Comparator.reverseOrder())
                .skip(WITNESSES - 1L)
                .findFirst()
                .orElse(Duration.ZERO);
    }
}
