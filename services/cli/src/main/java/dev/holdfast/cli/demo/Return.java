package dev.holdfast.cli.demo;

import dev.holdfast.cli.output.Fields;
import java.util.Optional;

/**
 * What became of the data of a node that was pulled, once it was back.
 *
 * @param branch name under which it keeps what never left it; empty if it had nothing of its own
 * @param branchBytes of it that are in no copy elsewhere
 * @param lostRowsKept of the rows lost, how many are in the branch
 * @param firstBytes of the first copy that this node received of the guest, a full one; empty if it never received any
 * @param backBytes of the first transfer that brought it back
 */
record Return(String branch, long branchBytes, int lostRowsKept, Optional<Long> firstBytes, long backBytes) {

    Fields addTo(Fields fields) {
        return fields
                .and("divergentBranch", branch.isEmpty() ? null : branch)
                .and("divergentBytes", branchBytes)
                .and("lostRowsKept", lostRowsKept)
                .and("returnBytes", backBytes);
    }

    void print(Narrator narrator, String node, int rowsLost) {
        narrator.say("  kept on " + node + "                   " + (branch.isEmpty()
                ? "nothing: all it held had been replicated"
                : "'" + branch + "', " + branchBytes + " bytes that never left it, with " + lostRowsKept + " of the "
                        + rowsLost + " rows lost"));
        narrator.say("  brought up to date by        an increment of " + backBytes + " bytes"
                + firstBytes.map(bytes -> "; its first copy took " + bytes).orElse(""));
    }
}
