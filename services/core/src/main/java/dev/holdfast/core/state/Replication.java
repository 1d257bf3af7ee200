package dev.holdfast.core.state;

import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * How a guest's volume is being copied. The hold and the branches are hard state; the rest is what the present owner and
 * the targets reported last, begins anew with each run, and decides nothing.
 *
 * @param hold null unless a person paused it
 * @param taken the newest snapshot that the owner took in the present run; null for none yet
 * @param next the owner's witness clock when the next snapshot is due; null if none is planned
 * @param missed planned snapshots of the present run that were left out
 * @param dropped snapshots dropped in a row
 * @param problem why the newest snapshot was dropped, or what went wrong with its freeze hook; null if all is well
 * @param targets per target what became of the last transfer
 * @param branches what diverged on any node and is kept there, oldest first, at most {@link #BRANCHES_KEPT}
 */
public record Replication(
        Hold hold,
        Snapshot taken,
        Duration next,
        long missed,
        int dropped,
        String problem,
        Map<String, Target> targets,
        List<Branch> branches) {

    /** A branch is a failover that lost data: a guest with more has other problems. The oldest is not listed then. */
    static final int BRANCHES_KEPT = 64;

    /** Of a guest that has never run. */
    public static final Replication NONE = new Replication(null, null, null, 0, 0, null, Map.of(), List.of());

    /** A person's word that the guest is not to be copied. */
    public record Hold(String who, String why) {}

    /**
     * What became of the last transfers to one target.
     *
     * @param bytes sent by the last one that arrived; 0 if none did in this run
     * @param took how long it took; zero if none arrived
     * @param arrived the owner's witness clock at its newest beat when that was read; null if none arrived
     * @param failures in a row since
     * @param reason of the last failure; null if there was none since
     * @param nextTry the owner's witness clock when it is tried again; null if it need not be
     */
    public record Target(long bytes, Duration took, Duration arrived, int failures, String reason, Duration nextTry) {

        private static final Target NEW = new Target(0, Duration.ZERO, null, 0, null, null);
    }

    /**
     * A divergent branch.
     *
     * @param aside its name on that node
     * @param epoch the epoch that superseded it
     * @param from id of the snapshot beyond which it diverged; null if there was none
     * @param since log time since it was set aside
     * @param dropAsked incarnation that was told to delete it last; null if none was
     * @param dropWhy who wants it deleted; null if nobody does
     * @param dropFailure why that could not be done; null if it is not known to have failed
     */
    public record Branch(
            String node, String aside, long bytes, long epoch, String from, LogTimer since, String dropAsked,
            String dropWhy, String dropFailure) {

        boolean is(String otherNode, String otherAside) {
            return node.equals(otherNode) && aside.equals(otherAside);
        }

        Branch asked(String incarnation, String why) {
            return new Branch(node, aside, bytes, epoch, from, since, incarnation, why, null);
        }

        Branch failed(String reason) {
            return new Branch(node, aside, bytes, epoch, from, since, dropAsked, dropWhy, reason);
        }

        Branch withSince(LogTimer timer) {
            return timer == since
                    ? this
                    : new Branch(node, aside, bytes, epoch, from, timer, dropAsked, dropWhy, dropFailure);
        }
    }

    public Replication {
        targets = Sorted.map(targets);
        branches = List.copyOf(branches);
    }

    public boolean isPaused() {
        return hold != null;
    }

    Replication withHold(Hold other) {
        return new Replication(other, taken, next, missed, dropped, problem, targets, branches);
    }

    /** As a new run begins. */
    Replication anew() {
        return new Replication(hold, null, null, 0, 0, null, Map.of(), branches);
    }

    Replication after(ReplicaReport.SnapshotTaken report) {
        return new Replication(
                hold, report.snapshot(), report.next(), report.missed(), 0, report.hookFailure(), targets, branches);
    }

    Replication after(ReplicaReport.SnapshotDropped report) {
        return new Replication(hold, taken, report.next(), missed, dropped + 1, report.reason(), targets, branches);
    }

    Replication after(ReplicaReport.ReplicationFailed report) {
        Target before = targets.getOrDefault(report.target(), Target.NEW);
        return withTarget(report.target(), new Target(
                before.bytes(), before.took(), before.arrived(), report.failures(), report.reason(), report.nextTry()));
    }

    Replication after(ReplicaReport.Replicated report, Duration arrived) {
        return withTarget(report.node(), new Target(report.bytes(), report.took(), arrived, 0, null, null));
    }

    private Replication withTarget(String node, Target target) {
        return new Replication(
                hold, taken, next, missed, dropped, problem, Sorted.with(targets, node, target), branches);
    }

    Replication withBranch(Branch branch) {
        List<Branch> more = new ArrayList<>(without(branch.node(), branch.aside()));
        more.add(branch);
        return withBranches(more);
    }

    Replication withoutBranch(String node, String aside) {
        return withBranches(without(node, aside));
    }

    /** As the disk of that node is gone. */
    Replication withoutNode(String node) {
        List<Branch> others = branches.stream().filter(branch -> !branch.node().equals(node)).toList();
        return new Replication(
                hold, taken, next, missed, dropped, problem, Sorted.without(targets, node), others);
    }

    Replication withBranches(UnaryOperator<Branch> change) {
        if (branches.isEmpty()) {
            return this;
        }
        List<Branch> next = branches.stream().map(change).toList();
        boolean same = IntStream.range(0, next.size()).allMatch(i -> next.get(i) == branches.get(i));
        return same ? this : withBranches(next);
    }

    private Replication withBranches(List<Branch> others) {
        List<Branch> kept = others.subList(Math.max(0, others.size() - BRANCHES_KEPT), others.size());
        return new Replication(hold, taken, next, missed, dropped, problem, targets, kept);
    }

    private List<Branch> without(String node, String aside) {
        return branches.stream().filter(branch -> !branch.is(node, aside)).toList();
    }
}
