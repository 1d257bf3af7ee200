package dev.holdfast.audit.replay;

import java.util.List;
import java.util.Optional;

/**
 * What a replay found.
 *
 * @param entries journal entries read
 * @param inputs of these, inputs
 * @param decisions of these, decisions
 * @param mismatches decisions in which journal and fold disagree
 * @param checkpoints checkpoints that the fold came to as well
 * @param from number of the first entry that was folded; 0 if none was
 * @param firstMismatch the first of them; empty for none
 * @param faults what is wrong with the journal itself: gaps, entries that cannot be read; at most the first 20
 * @param entriesPerSecond how fast it went
 */
public record ReplayResult(
        long entries, long inputs, long decisions, long mismatches, long checkpoints, long from,
        Optional<Mismatch> firstMismatch,
        List<String> faults, double entriesPerSecond) {

    public ReplayResult {
        faults = List.copyOf(faults);
    }

    /** Whether the journal is whole and the fold comes to the same decisions. */
    public boolean isSound() {
        return mismatches == 0 && faults.isEmpty();
    }
}
