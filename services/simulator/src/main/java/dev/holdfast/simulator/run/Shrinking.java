package dev.holdfast.simulator.run;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Looks for the fewest faults that still lead to a violation: leaves out ever smaller pieces, and keeps out what is not
 * needed. It comes to a set of which no single one can be left out, unless its runs are used up before.
 */
final class Shrinking {

    private final int count;
    private final Predicate<Set<Integer>> stillViolates;
    private int runsLeft;
    private Set<Integer> leftOut = Set.of();

    /**
     * @param count faults planned, which are numbered from 0
     * @param stillViolates whether a run without those comes to the same violation
     */
    Shrinking(int mostRuns, int count, Predicate<Set<Integer>> stillViolates) {
        this.runsLeft = mostRuns;
        this.count = count;
        this.stillViolates = stillViolates;
    }

    /** The faults that can be left out. */
    Set<Integer> fewest() {
        for (int piece = Math.max(1, count / 2); ; piece = Math.max(1, piece / 2)) {
            boolean shorter = leaveOut(piece);
            if (piece == 1 && !shorter || runsLeft <= 0) {
                return leftOut;
            }
        }
    }

    private boolean leaveOut(int piece) {
        boolean shorter = false;
        for (int from = 0; from < count && runsLeft > 0; from += piece) {
            Set<Integer> tried = new TreeSet<>(leftOut);
            for (int index = from; index < Math.min(count, from + piece); index++) {
                tried.add(index);
            }
            if (tried.size() > leftOut.size()) {
                runsLeft--;
                if (stillViolates.test(tried)) {
                    leftOut = tried;
                    shorter = true;
                }
            }
        }
        return shorter;
    }
}
