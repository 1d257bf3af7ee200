package dev.holdfast.core.decide;

import static dev.holdfast.core.state.Liveness.LAPSED;
import static dev.holdfast.core.state.Liveness.STOPPED;
import static dev.holdfast.core.state.Liveness.SUSPECT;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.node.ShutdownPolicy;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.Discharged;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.LastWriter;
import dev.holdfast.core.state.Move;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;

/**
 * Where a guest that may be started is started: on its last writer if that can be, since its volume is the newest
 * and nothing is lost; else from the freshest replica, if the loss is one that its owner accepts.
 */
final class Starts {

    /** Attempts to send the last increment of a move before the move is given up. */
    static final int MOST_HAND_FAILURES = 3;

    private Starts() {}

    static boolean begin(Turn turn, GuestState guest) {
        LastWriter writer = guest.lastWriter();
        if (writer == null) {
            return beginNew(turn, guest);
        }
        ClusterState state = turn.state();
        NodeState node = state.node(writer.node());
        if (!guest.liveCopies().contains(node.name())) {
            return beginWithoutWriter(turn, guest, node);
        }
        boolean frozenWithIt = node.shutdown() == ShutdownPolicy.FREEZE
                && (node.isLive() || node.liveness() == SUSPECT)
                && !guest.lossAccepted();
        if (frozenWithIt) {
            return NextStep.waits(turn, guest, "its newest volume is on " + node.name()
                    + ", which is being shut down and comes back with it", java.util.List.of());
        }
        if (node.isLive()) {
            return beginWithLiveWriter(turn, guest, node);
        }
        boolean comesBackOrIsFenced = node.liveness() == SUSPECT || node.liveness() == LAPSED;
        if (comesBackOrIsFenced) {
            return NextStep.waits(turn, guest, "its newest volume is on " + node.name() + ", which is "
                    + node.liveness().name().toLowerCase(java.util.Locale.ROOT), java.util.List.of());
        }
        boolean leftBehind = node.shutdown() == ShutdownPolicy.FAILOVER && guest.outage() != null;
        boolean awaited = node.liveness() == STOPPED && !leftBehind;
        if (awaited && !guest.lossAccepted()) {
            return NextStep.waits(turn, guest, "its newest volume is on " + node.name()
                    + ", which was stopped; start the node, or accept the loss", java.util.List.of());
        }
        // Also while it is only in question: the next beat of anyone who was there before answers it.
        boolean cold = state.coldStart() != null;
        if (cold && !guest.lossAccepted()) {
            return NextStep.waits(turn, guest, "cold start: its newest volume is on " + node.name()
                    + ", which is awaited; or accept the loss", java.util.List.of());
        }
        return promote(turn, guest);
    }

    /** The machine that wrote last was replaced: its volume does not come back, and nobody waits for it. */
    private static boolean beginWithoutWriter(Turn turn, GuestState guest, NodeState node) {
        boolean cold = turn.state().coldStart() != null;
        return cold && !guest.lossAccepted()
                ? NextStep.waits(turn, guest, "cold start: its newest volume was lost with the machine of "
                        + node.name() + ", and newer copies may come back; or accept the loss", java.util.List.of())
                : promote(turn, guest);
    }

    private static boolean beginNew(Turn turn, GuestState guest) {
        Candidates candidates = Candidates.forNewGuest(turn.state(), guest);
        if (candidates.best() == null) {
            return NextStep.waits(turn, guest, "no node can take it", candidates.refused());
        }
        return usedUp(guest)
                ? relocate(turn, guest, candidates)
                : start(turn, guest, turn.state().node(candidates.best()), true);
    }

    private static boolean start(Turn turn, GuestState guest, NodeState node, boolean newVolume) {
        order(turn, guest, new Runner(node.name(), node.incarnation(), turn.state().epochs() + 1), newVolume);
        return true;
    }

    /** Orders the start, and that its replication stays paused if it is: before the first snapshot is due. */
    static void order(Turn turn, GuestState guest, Runner runner, boolean newVolume) {
        turn.decide(Rule.R8_POSSIBLE_RUNNERS, new GuestEvent.StartGuest(
                guest.name(), runner.epoch(), runner.node(), runner.incarnation(), newVolume, guest.spec()));
        if (guest.replication().isPaused()) {
            ReplicationCommands.hold(turn, guest, runner, true);
        }
    }

    private static boolean errored(Turn turn, GuestState guest) {
        turn.decide(Rule.RESTART_POLICY, new GuestEvent.GuestErrored(guest.name(),
                "failed " + guest.attempts().failures() + " times in a row, last on " + guest.attempts().tried()
                        + ", and may not be relocated any more", null));
        return true;
    }

    private static boolean usedUp(GuestState guest) {
        return guest.attempts().usedUp(guest.spec().restart());
    }

    private static boolean beginWithLiveWriter(Turn turn, GuestState guest, NodeState writer) {
        if (usedUp(guest)) {
            return doesNotStart(turn, guest, writer);
        }
        if (guest.move() != null) {
            return hand(turn, guest, writer);
        }
        boolean mustLeave = Candidates.refusalToStay(turn.state(), guest, writer.name()) != null;
        if (mustLeave) {
            boolean byPeople = writer.closed() != null || !Pools.isFaulted(writer);
            turn.decide(byPeople ? Rule.PLACEMENT : Rule.POOL, new GuestEvent.MoveBegun(
                    guest.name(), new Move(byPeople ? Move.Purpose.DRAIN : Move.Purpose.EVACUATION, null)));
            return true;
        }
        return Pools.leaveStanding(turn, guest, writer) || start(turn, guest, writer, false);
    }

    /** Its restarts are used up. If it was sent to where it does not start, it stays; if it was there before, it leaves. */
    private static boolean doesNotStart(Turn turn, GuestState guest, NodeState writer) {
        Move move = guest.move();
        boolean mayStay = Candidates.refusalToStay(turn.state(), guest, writer.name()) == null;
        boolean wasSent = move != null
                && (move.purpose() == Move.Purpose.SWITCHOVER
                        || move.purpose() == Move.Purpose.FAILBACK
                        || move.purpose() == Move.Purpose.EVACUATION && mayStay);
        if (wasSent) {
            turn.decide(Rule.RESTART_POLICY, new GuestEvent.MoveEnded(guest.name(), false,
                    "it failed " + guest.attempts().failures() + " times in a row"));
            return true;
        }
        return relocate(turn, guest, Candidates.of(turn.state(), guest, writer.name()));
    }

    /** To one it was not tried on; once it was on all of several, to the best of them, as long as relocations are left. */
    private static boolean relocate(Turn turn, GuestState guest, Candidates candidates) {
        String best = candidates.best();
        boolean allowed = guest.attempts().mayRelocate(guest.spec().restart());
        boolean hasNoOther = best == null
                || candidates.ranked().size() == 1 && guest.attempts().tried().contains(best);
        if (!allowed || hasNoOther) {
            return errored(turn, guest);
        }
        turn.decide(Rule.RESTART_POLICY, new GuestEvent.MoveBegun(
                guest.name(), new Move(Move.Purpose.RELOCATION, best)));
        return true;
    }

    /** The guest stands still on its live last writer: send the last increment to where it is to go. */
    private static boolean hand(Turn turn, GuestState guest, NodeState writer) {
        Candidates candidates = Candidates.of(turn.state(), guest, writer.name());
        Move move = guest.move();
        // Whoever leaves a pool goes wherever it can.
        boolean anywhere = move.to() == null || move.purpose() == Move.Purpose.EVACUATION;
        String target = move.to() != null && candidates.ranked().contains(move.to()) ? move.to()
                : anywhere ? candidates.best() : null;
        boolean mayStay = Candidates.refusalToStay(turn.state(), guest, writer.name()) == null;
        boolean outOfReach = guest.handFailures() >= MOST_HAND_FAILURES && Pools.isFaulted(writer);
        if (outOfReach) {
            return promote(turn, guest);
        }
        if (target == null && !mayStay) {
            return NextStep.waits(turn, guest, "it must leave " + writer.name() + " and no node can take it",
                    candidates.refused());
        }
        if (target == null || guest.handFailures() >= MOST_HAND_FAILURES && mayStay) {
            turn.decide(Rule.PLACEMENT, new GuestEvent.MoveEnded(guest.name(), false, target == null
                    ? "no node can take it"
                    : guest.handFailures() + " attempts to send the last increment failed"));
            return true;
        }
        turn.decide(Rule.PLACEMENT, new GuestEvent.ReplicateFinal(
                guest.name(), newestEpochOn(writer, guest), writer.name(), writer.incarnation(), target,
                turn.state().node(target).incarnation()));
        return true;
    }

    /**
     * The node takes the last snapshot under the newest epoch it was told to start, be it that nothing ran under it: an
     * order under an older one could come from before that start.
     */
    private static long newestEpochOn(NodeState writer, GuestState guest) {
        return guest.discharged().stream()
                .map(Discharged::runner)
                .filter(runner -> runner.node().equals(writer.name())
                        && runner.incarnation().equals(writer.incarnation()))
                .mapToLong(Runner::epoch)
                .reduce(guest.lastWriter().epoch(), Math::max);
    }

    private static boolean promote(Turn turn, GuestState guest) {
        ClusterState state = turn.state();
        Candidates candidates = Candidates.of(state, guest, null);
        String best = candidates.best();
        if (best == null) {
            boolean byPools = state.settings().nodes().stream().anyMatch(
                    node -> guest.replicas().containsKey(node) && Candidates.isRefusedByPool(state, guest, node));
            String writer = guest.lastWriter().node();
            boolean gone = !guest.liveCopies().contains(writer);
            return NextStep.waits(turn, guest, "no live node holds a replica"
                    + (byPools ? " on a pool that takes guests" : "")
                    + (gone ? ", and the machine of " + writer + ", which wrote last, was replaced" : ""),
                    candidates.refused());
        }
        if (usedUp(guest)) {
            return relocate(turn, guest, candidates);
        }
        Snapshot snapshot = guest.replicas().get(best);
        Duration loss = DataLoss.of(state, guest, snapshot);
        Duration most = guest.spec().maxDataLoss();
        boolean tooMuch = most != null && !guest.lossAccepted() && (loss == null || loss.compareTo(most) > 0);
        if (tooMuch) {
            return NextStep.waits(turn, guest, "promoting " + best + " would lose "
                    + (loss == null ? "an unknown time" : loss.toMillis() + " ms") + ", more than maxDataLoss "
                    + most.toMillis() + " ms; accept the loss or bring back " + guest.lastWriter().node(),
                    candidates.refused());
        }
        turn.decide(Rule.PLACEMENT, new GuestEvent.PromoteReplica(
                guest.name(), state.epochs() + 1, best, state.node(best).incarnation(), snapshot, loss));
        return true;
    }
}
