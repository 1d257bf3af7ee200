package dev.holdfast.core.decide;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Observation;

/** What replication reported. A promotion counts only for the outstanding (guest, epoch, incarnation): R11. */
final class ReplicaReports {

    private ReplicaReports() {}

    static void take(Turn turn, ReplicaReport report) {
        GuestState guest = turn.state().guests().get(report.guest());
        // What a machine said that was replaced since is not there any more.
        boolean isGone = turn.state().node(report.node()).isOfMachineBefore(report.incarnation());
        if (guest == null || isGone) {
            return;
        }
        turn.observe(state -> Observation.copying(state, report));
        switch (report) {
            case ReplicaReport.Replicated replicated ->
                turn.observe(state -> Observation.replicated(state, replicated));
            case ReplicaReport.SnapshotTaken taken -> onSnapshot(turn, guest, taken);
            case ReplicaReport.ReplicaPromoted promoted -> onPromoted(turn, guest, promoted);
            case ReplicaReport.PromoteFailed failed -> onPromoteFailed(turn, guest, failed);
            case ReplicaReport.ReplicationFailed failed -> onReplicationFailed(turn, guest, failed);
            case ReplicaReport.SetAsideDone done -> onSetAside(turn, guest, done);
            case ReplicaReport.SetAsideFailed failed -> { }
            case ReplicaReport.DropAsideDone done -> onDropped(turn, guest, done);
            case ReplicaReport.DropAsideFailed failed -> { }
            case ReplicaReport.SnapshotDropped dropped -> { }
        }
    }

    /** Counts only for what was asked last: an older answer says nothing of a volume made live since. */
    private static void onSetAside(Turn turn, GuestState guest, ReplicaReport.SetAsideDone done) {
        String answered = done.incarnation() + "/" + done.epoch();
        if (answered.equals(guest.asideAsked().get(done.node()))) {
            turn.decide(Rule.R11_PROMOTION, new GuestEvent.VolumeSetAside(
                    guest.name(), done.node(), done.aside(), done.divergentBytes(), done.epoch(), done.from()));
        }
    }

    private static void onDropped(Turn turn, GuestState guest, ReplicaReport.DropAsideDone done) {
        boolean known = guest.replication().branches().stream()
                .anyMatch(branch -> branch.node().equals(done.node()) && branch.aside().equals(done.aside()));
        if (known) {
            turn.decide(Rule.OWN_REPORT, new GuestEvent.AsideDropped(guest.name(), done.node(), done.aside()));
        }
    }

    /** An older hand-over's last snapshot is not this one's: the guest ran and wrote between the two. */
    private static void onSnapshot(Turn turn, GuestState guest, ReplicaReport.SnapshotTaken taken) {
        boolean awaited = guest.phase() instanceof GuestPhase.Handing handing
                && taken.last()
                && handing.source().equals(taken.node())
                && handing.sourceIncarnation().equals(taken.incarnation())
                && taken.snapshot().epoch() >= handing.epoch();
        if (awaited) {
            turn.decide(Rule.OWN_REPORT, new GuestEvent.FinalSnapshotKnown(guest.name(), taken.snapshot()));
        }
    }

    private static void onPromoted(Turn turn, GuestState guest, ReplicaReport.ReplicaPromoted report) {
        if (isOutstanding(guest, report.node(), report)) {
            turn.decide(Rule.R11_PROMOTION, new GuestEvent.PromotionCompleted(
                    guest.name(), report.epoch(), report.node(), report.snapshot(),
                    DataLoss.of(turn.state(), guest, report.snapshot())));
        }
    }

    private static boolean isOutstanding(GuestState guest, String node, ReplicaReport.ReplicaPromoted report) {
        return guest.phase() instanceof GuestPhase.Promoting promoting
                && promoting.epoch() == report.epoch()
                && promoting.node().equals(node)
                && promoting.incarnation().equals(report.incarnation());
    }

    private static void onPromoteFailed(Turn turn, GuestState guest, ReplicaReport.PromoteFailed report) {
        boolean outstanding = guest.phase() instanceof GuestPhase.Promoting promoting
                && promoting.epoch() == report.epoch()
                && promoting.node().equals(report.node());
        if (outstanding) {
            turn.decide(Rule.R11_PROMOTION, new GuestEvent.AttemptVoid(guest.name(), report.node(), report.reason()));
            boolean anotherHasOne = !Candidates.of(turn.state(), guest, report.node()).ranked().isEmpty();
            if (anotherHasOne) {
                turn.observe(state -> Observation.replicaGone(state, guest.name(), report.node()));
            }
        }
    }

    private static void onReplicationFailed(Turn turn, GuestState guest, ReplicaReport.ReplicationFailed report) {
        boolean outstanding = guest.phase() instanceof GuestPhase.Handing handing
                && handing.source().equals(report.node())
                && handing.target().equals(report.target());
        if (outstanding) {
            turn.decide(Rule.OWN_REPORT, new GuestEvent.AttemptVoid(guest.name(), report.target(), report.reason()));
        }
    }
}
