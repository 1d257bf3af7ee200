package dev.holdfast.cli.demo;

import dev.holdfast.cli.output.Fields;

/**
 * What became of the data of a node that was pulled, once it was back.
 *
 * @param branch name under which it keeps what never left it; empty if it had nothing of its own
 * @param branchBytes of it that are in no copy elsewhere
 * @param lostRowsKept of the rows lost, how many are in the branch
 * @param backBytes of the first transfer that brought it back
 * @param increment whether that was an increment; otherwise it was sent whole
 */
record Return(String branch, long branchBytes, int lostRowsKept, long backBytes, boolean increment) {

    Fields addTo(Fields fields) {
        return fields
                .and("divergentBranch", branch.isEmpty() ? null : branch)
                .and("divergentBytes", branchBytes)
                .and("lostRowsKept", lostRowsKept)
                .and("returnBytes", backBytes)
                .and("returnedBy", increment ? "increment" : "full copy");
    }

    void print(Narrator narrator, String node, int rowsLost) {
        narrator.say("  kept on %-20s ".formatted(node) + (branch.isEmpty()
                ? "nothing: all it held had been replicated"
                : "'" + branch + "', " + branchBytes + " bytes that never left it, with " + lostRowsKept + " of the "
                        + rowsLost + " rows lost"));
        narrator.say("  brought up to date by        " + (increment ? "an increment of " : "a full copy of ") + backBytes
                + " bytes");
    }
}
