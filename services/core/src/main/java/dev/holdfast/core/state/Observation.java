package dev.holdfast.core.state;

import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Runner;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** How reading a record changes soft state: last beats, testimony, log time, replicas known. No event, no decision. */
public final class Observation {

    private Observation() {}

    /** One more record of the heartbeat log was consumed, whatever it holds. */
    public static ClusterState logAdvanced(ClusterState state, long offset) {
        return state.withNextOffset(offset + 1);
    }

    /**
     * Records of the heartbeat log were lost, or it goes on elsewhere: whoever beat before may have beaten in what is
     * missing, so all testimony begins anew here. It may also have taken on the settings in force there, unheard.
     */
    public static ClusterState logInterrupted(ClusterState state, long offset) {
        Duration inForce = state.settings() == null ? Duration.ZERO : state.settings().timing().leaseAndWd();
        ClusterState next = state;
        for (NodeState node : state.nodes().values()) {
            next = next.withNode(node.heardFrom(offset, inForce));
        }
        return next;
    }

    /** A beat of the current incarnation that cannot be accepted is a beat all the same: it voids all testimony. */
    public static ClusterState signOfLife(ClusterState state, Heartbeat beat, long offset) {
        return state.withNode(state.node(beat.node()).heardFrom(offset, beat.leaseAndWd()));
    }

    /** One more sign that the log is in doubt: the wait of a frozen cluster begins anew. */
    public static ClusterState stillInDoubt(ClusterState state) {
        return state.withFrozen(new Frozen(state.frozen().reason(), LogTimer.startingAfter(state.logOffset())));
    }

    /** A beat of a node's current incarnation: void what was testified about it, and hear its own testimony. */
    public static ClusterState beat(ClusterState state, Heartbeat beat, long offset) {
        ClusterState next = state.withNode(state.node(beat.node()).onBeat(beat, offset));
        return testimony(next, beat, offset);
    }

    /** The testimony of a beat that was just accepted as the first of its incarnation. */
    public static ClusterState testimony(ClusterState state, Heartbeat beat, long offset) {
        if (!state.isVoter(beat.node())) {
            return state;
        }
        long acked = state.node(beat.node()).wasReadHere(beat) ? beat.ackedOffset() : -1;
        ClusterState next = state;
        for (NodeState subject : state.nodes().values()) {
            boolean silentOther = !subject.name().equals(beat.node())
                    && subject.liveness() != Liveness.ABSENT
                    && subject.liveness() != Liveness.FENCED;
            if (silentOther) {
                next = next.withNode(heard(subject, beat, acked, offset, state.frozen() != null));
            }
        }
        return timersAdvanced(next, beat, acked);
    }

    /**
     * @param acked the acknowledgement it quotes, of a beat that this log holds; -1 for none
     * @param inDoubt what a witness read of the subject is no base then: beats behind it may be lost, and their offsets
     *     may have been given again
     */
    private static NodeState heard(
            NodeState subject, Heartbeat witness, long acked, long offset, boolean inDoubt) {
        Heartbeat.Seen seen = inDoubt ? null : witness.seen().get(subject.name());
        boolean quotesLater = acked > subject.lastOffset();
        Duration since = seen != null && subject.isLast(seen)
                ? seen.seenAt()
                : quotesLater ? witness.sentAt() : null;
        Base base = subject.bases().get(witness.node());
        boolean sameLife = base != null && base.witness().equals(witness.incarnation());
        if (since == null && !sameLife) {
            return base == null ? subject : subject.withBases(Sorted.without(subject.bases(), witness.node()));
        }
        Base next;
        if (!sameLife) {
            next = new Base(witness.incarnation(), since, offset, 0, -1);
        } else if (since != null && since.compareTo(base.since()) < 0) {
            next = new Base(base.witness(), since, offset, base.rounds(), base.acked());
        } else {
            next = base;
        }
        return subject.withBases(Sorted.with(
                subject.bases(), witness.node(), quotesLater ? next.withRound(acked) : next));
    }

    private static ClusterState timersAdvanced(ClusterState state, Heartbeat beat, long acked) {
        ClusterState next = state;
        if (state.frozen() != null) {
            next = next.withFrozen(new Frozen(state.frozen().reason(), advanced(state.frozen().since(), beat, acked)));
        }
        if (state.coldStart() != null) {
            ColdStart cold = state.coldStart();
            next = next.withColdStart(new ColdStart(cold.noticed(), cold.returned(), advanced(cold.since(), beat, acked)));
        }
        for (GuestState guest : state.guests().values()) {
            GuestState moved = timersAdvanced(guest, beat, acked);
            if (moved != guest) {
                next = next.withGuest(moved);
            }
        }
        return next;
    }

    private static GuestState timersAdvanced(GuestState guest, Heartbeat beat, long acked) {
        boolean waits = !guest.attempts().backOff().isZero();
        Attempts attempts =
                waits ? guest.attempts().withSince(advanced(guest.attempts().since(), beat, acked)) : guest.attempts();
        Outage outage =
                guest.outage() == null ? null : guest.outage().withSince(advanced(guest.outage().since(), beat, acked));
        GuestPhase phase = guest.phase();
        if (phase instanceof GuestPhase.Running running) {
            LogTimer since = advanced(running.since(), beat, acked);
            phase = since == running.since()
                    ? phase
                    : new GuestPhase.Running(running.runner(), running.answering(), since);
        }
        Replication replication = guest.replication().withBranches(
                branch -> branch.withSince(advanced(branch.since(), beat, acked)));
        if (attempts == guest.attempts() && outage == guest.outage() && phase == guest.phase()
                && replication == guest.replication()) {
            return guest;
        }
        GuestEdit edit = guest.edit();
        edit.attempts = attempts;
        edit.outage = outage;
        edit.phase = phase;
        edit.replication = replication;
        return edit.done();
    }

    private static LogTimer advanced(LogTimer timer, Heartbeat beat, long acked) {
        return timer.onBeat(beat.node(), beat.incarnation(), acked, beat.sentAt());
    }

    /**
     * What a beat says about a cold start: a voter on a new boot raises or confirms the question, a beat of an
     * incarnation that was there before answers it with no. A voter that beats for the first time was not there
     * before: it can tell as little as one on a new boot what the others wrote last.
     *
     * @param previous the voter's incarnation before this beat; null if it had none
     */
    public static ClusterState coldStart(ClusterState state, Heartbeat beat, Incarnation previous) {
        if (!state.isVoter(beat.node())) {
            return state;
        }
        ColdStart cold = state.coldStart();
        boolean newBoot = previous == null
                ? cold != null || hasWriters(state)
                : beat.incarnation().boot() > previous.boot();
        if (newBoot) {
            ColdStart begun = cold != null ? cold : new ColdStart(
                    false, Set.of(), LogTimer.startingAfter(state.logOffset()));
            return state.withColdStart(begun.with(beat.node()));
        }
        if (cold == null || cold.returned().contains(beat.node())) {
            return state;
        }
        return state.withColdStart(cold.noticed() ? cold.with(beat.node()) : null);
    }

    /** Before any guest was started there is nothing to wait for. */
    private static boolean hasWriters(ClusterState state) {
        return state.guests().values().stream().anyMatch(guest -> guest.lastWriter() != null);
    }

    /**
     * A target holds a snapshot. A stream of an earlier owner, let in before the present owner's, may end after it: the
     * newer snapshot is there all the same.
     */
    public static ClusterState replicated(ClusterState state, ReplicaReport.Replicated report) {
        GuestState guest = state.guests().get(report.guest());
        if (guest == null) {
            return state;
        }
        Snapshot known = guest.replicas().get(report.node());
        if (known != null && !report.snapshot().isAtLeast(known)) {
            return state;
        }
        GuestEdit edit = guest.edit();
        edit.replicas = Sorted.with(guest.replicas(), report.node(), report.snapshot());
        NodeState owner = state.node(report.snapshot().owner());
        if (runs(guest, owner.name(), report.snapshot().ownerIncarnation(), report.snapshot().epoch())) {
            edit.replication = guest.replication().after(report, owner.sentAt());
        }
        return state.withGuest(edit.done());
    }

    /** What the owner of the present run reported of its snapshots and transfers. What an earlier one says is over. */
    public static ClusterState copying(ClusterState state, ReplicaReport report) {
        GuestState guest = state.guests().get(report.guest());
        if (guest == null) {
            return state;
        }
        Replication before = guest.replication();
        Replication after = switch (report) {
            case ReplicaReport.SnapshotTaken taken
                    when runs(guest, taken.node(), taken.incarnation(), taken.snapshot().epoch()) -> before.after(taken);
            case ReplicaReport.SnapshotDropped dropped
                    when runs(guest, dropped.node(), dropped.incarnation(), dropped.epoch()) -> before.after(dropped);
            case ReplicaReport.ReplicationFailed failed
                    when failed.snapshot() != null
                            && runs(guest, failed.node(), failed.incarnation(), failed.snapshot().epoch()) ->
                before.after(failed);
            case ReplicaReport.DropAsideFailed failed -> before.withBranches(branch ->
                    branch.is(failed.node(), failed.aside()) ? branch.failed(failed.reason()) : branch);
            default -> before;
        };
        if (after == before) {
            return state;
        }
        GuestEdit edit = guest.edit();
        edit.replication = after;
        return state.withGuest(edit.done());
    }

    private static boolean runs(GuestState guest, String node, Incarnation incarnation, long epoch) {
        return guest.phase() instanceof GuestPhase.Running running
                && running.runner().equals(new Runner(node, incarnation, epoch));
    }

    /** A node's promotion failed and another one holds a replica. It reports again after the next increment. */
    public static ClusterState replicaGone(ClusterState state, String guestName, String node) {
        GuestState guest = state.guests().get(guestName);
        if (guest == null) {
            return state;
        }
        GuestEdit edit = guest.edit();
        edit.replicas = Map.copyOf(Sorted.without(guest.replicas(), node));
        return state.withGuest(edit.done());
    }
}
