package dev.holdfast.cli.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * All that counts for the verdict on a pull that took place. Times are milliseconds from the kill, null if that was not
 * reached.
 *
 * @param guestHit whether the node that was killed ran the guest; otherwise the guest must not notice
 * @param limitMs by when the guest must answer, or a bystander be fenced
 * @param outageMs longest time without an answer that the kill caused; null if there was none
 * @param rowsLost acknowledged before the guest answered again, and gone
 * @param promiseBrokenByMs by how much the first row lost is older than the snapshot promoted; not positive, or null,
 *     if none is
 * @param rowsWrong rows lost after the recovery, or there with another content
 * @param doubleRuns times when two processes of the guest ran at once, by their own evidence
 * @param evidenceFaults lines of that evidence that cannot be read, or one if there is no evidence at all
 * @param falseFencings incarnations fenced without cause
 * @param replayFaults decisions that a replay of the journal does not repeat, and faults of the journal itself
 */
record Findings(
        boolean guestHit, long limitMs, Long fencedMs, Long answeredMs, Long outageMs, int rowsLost,
        Long promiseBrokenByMs, int rowsWrong, int doubleRuns, int evidenceFaults, int falseFencings,
        long replayFaults) {

    /** Everything that speaks against a pass, the gravest first; empty for a pass. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        add(faults, doubleRuns > 0, "the guest ran twice at once: " + doubleRuns + " findings");
        add(faults, evidenceFaults > 0, "the guest's evidence is missing or unreadable");
        add(faults, rowsWrong > 0, rowsWrong + " rows are wrong, or were lost after the recovery");
        add(faults, promiseBrokenByMs != null && promiseBrokenByMs > 0,
                "a row that is lost was acknowledged " + promiseBrokenByMs + " ms before the snapshot");
        add(faults, falseFencings > 0, falseFencings + " fenced without cause");
        add(faults, replayFaults > 0, "replay finds " + replayFaults + " mismatches or faults");
        times(faults);
        return faults;
    }

    private void times(List<String> faults) {
        Long reached = guestHit ? answeredMs : fencedMs;
        String what = guestHit ? "answered" : "fenced";
        add(faults, reached == null, "not " + what + " within " + limitMs + " ms");
        add(faults, reached != null && reached > limitMs, what + " after " + reached + " ms, limit " + limitMs + " ms");
        add(faults, !guestHit && outageMs != null,
                "the guest ran elsewhere and was without an answer for " + outageMs + " ms");
        add(faults, !guestHit && rowsLost > 0, rowsLost + " rows lost although the guest ran elsewhere");
    }

    private static void add(List<String> faults, boolean holds, String fault) {
        if (holds) {
            faults.add(fault);
        }
    }
}
