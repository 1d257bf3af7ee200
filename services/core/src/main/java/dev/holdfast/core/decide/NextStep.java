package dev.holdfast.core.decide;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.node.ShutdownPolicy;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.Move;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.List;

/** The next step of one guest towards what its owner wants, by the present state alone. */
final class NextStep {

    /** Log time that a guest runs before it goes back to a preferred node. */
    private static final Duration BEFORE_FAILBACK = Duration.ofSeconds(60);

    private NextStep() {}

    /** Takes one step. False if there is none to take now. */
    static boolean take(Turn turn, GuestState guest) {
        return switch (guest.phase()) {
            case GuestPhase.Idle idle -> whenIdle(turn, guest);
            case GuestPhase.Promoting p -> voidIfFound(turn, guest, p.node())
                    || voidUnlessActing(turn, guest, p.node(), isActing(turn, p));
            case GuestPhase.Promoted p -> whenPromoted(turn, guest, p);
            case GuestPhase.Handing handing -> voidIfFound(turn, guest, handing.target())
                    || whenHanding(turn, guest, handing);
            case GuestPhase.Running running -> whenRunning(turn, guest, running);
            case GuestPhase.Starting starting -> false;
            case GuestPhase.Stopping stopping -> false;
            case GuestPhase.Errored errored -> forgetIfRemoving(turn, guest);
        };
    }

    private static boolean forgetIfRemoving(Turn turn, GuestState guest) {
        boolean mayBeForgotten = guest.removing() && guest.runners().isEmpty() && !Runners.isNamed(turn, guest);
        if (!mayBeForgotten) {
            return false;
        }
        turn.decide(Rule.OPERATOR, new GuestEvent.GuestRemoved(guest.name()));
        return true;
    }

    private static boolean whenIdle(Turn turn, GuestState guest) {
        if (!guest.isWanted()) {
            return forgetIfRemoving(turn, guest);
        }
        String blocker = blockerOf(turn.state(), guest);
        return blocker == null ? Starts.begin(turn, guest) : waits(turn, guest, blocker, List.of());
    }

    /** Why nothing may be started now, whatever the candidates; null if something may. */
    static String blockerOf(ClusterState state, GuestState guest) {
        if (state.frozen() != null) {
            return "the cluster is frozen: " + state.frozen().reason();
        }
        if (state.suspended()) {
            return "less than a majority of the voters is live";
        }
        if (!guest.runners().isEmpty()) {
            return "it may still run on " + guest.runners().stream().map(Runner::toString).toList();
        }
        return guest.attempts().since().hasPassed(guest.attempts().backOff(), state.nodes())
                ? null
                : "failure " + guest.attempts().failures() + ", next attempt after "
                        + guest.attempts().backOff().toMillis() + " ms of log time";
    }

    /** Files why the guest does not run, if that is news. */
    static boolean waits(Turn turn, GuestState guest, String reason, List<String> refused) {
        GuestState.Waiting waiting = new GuestState.Waiting(reason, refused);
        if (!waiting.equals(guest.waiting())) {
            turn.decide(Rule.PLACEMENT, new GuestEvent.GuestWaiting(guest.name(), reason, refused));
        }
        return false;
    }

    private static boolean isActing(Turn turn, GuestPhase.Promoting promoting) {
        return turn.state().node(promoting.node()).isActing(promoting.incarnation());
    }

    /** A runner turned up that the log did not know: the volume being handed over or promoted is not the newest. */
    private static boolean voidIfFound(Turn turn, GuestState guest, String node) {
        return !guest.runners().isEmpty()
                && isVoid(turn, guest, node, "it may still run on " + guest.runners().getFirst());
    }

    private static boolean voidUnlessActing(Turn turn, GuestState guest, String node, boolean acting) {
        return !acting && isVoid(turn, guest, node, node + " is not the node any more that was asked");
    }

    private static boolean isVoid(Turn turn, GuestState guest, String node, String reason) {
        turn.decide(Rule.R11_PROMOTION, new GuestEvent.AttemptVoid(guest.name(), node, reason));
        return true;
    }

    private static boolean whenPromoted(Turn turn, GuestState guest, GuestPhase.Promoted promoted) {
        NodeState node = turn.state().node(promoted.node());
        String blocker = !node.isActing(promoted.incarnation())
                ? promoted.node() + " is another incarnation now"
                : node.poolTrouble() != null
                        ? promoted.node() + "'s " + node.poolTrouble()
                        : blockerOf(turn.state(), guest);
        if (blocker != null || !guest.isWanted()) {
            return isVoid(turn, guest, promoted.node(), blocker != null ? blocker : "it is not wanted any more");
        }
        Starts.order(turn, guest, new Runner(promoted.node(), promoted.incarnation(), promoted.epoch()), false);
        return true;
    }

    private static boolean whenHanding(Turn turn, GuestState guest, GuestPhase.Handing handing) {
        ClusterState state = turn.state();
        if (!state.node(handing.source()).isActing(handing.sourceIncarnation())) {
            return isVoid(turn, guest, handing.source(), handing.source() + " cannot send the last increment");
        }
        if (!state.node(handing.target()).isActing(handing.targetIncarnation())) {
            return isVoid(turn, guest, handing.target(), handing.target() + " cannot receive the last increment");
        }
        NodeState target = state.node(handing.target());
        if (target.poolTrouble() != null) {
            return isVoid(turn, guest, handing.target(), handing.target() + "'s " + target.poolTrouble());
        }
        if (!guest.isWanted()) {
            return isVoid(turn, guest, handing.target(), "it is not wanted any more");
        }
        Snapshot last = guest.finalSnapshot();
        Snapshot held = guest.replicas().get(handing.target());
        boolean arrived = last != null && held != null && held.id().equals(last.id());
        if (!arrived || blockerOf(state, guest) != null) {
            return false;
        }
        turn.decide(Rule.PLACEMENT, new GuestEvent.PromoteReplica(
                guest.name(), state.epochs() + 1, handing.target(), handing.targetIncarnation(), last,
                Duration.ZERO));
        return true;
    }

    private static boolean whenRunning(Turn turn, GuestState guest, GuestPhase.Running running) {
        Runner runner = running.runner();
        if (guest.requested() == RequestedState.IGNORED) {
            return false;
        }
        if (!guest.isWanted()) {
            return stop(turn, guest, runner, guest.removing() ? "it is being removed"
                    : "it is wanted " + guest.requested().name().toLowerCase(java.util.Locale.ROOT));
        }
        NodeState node = turn.state().node(runner.node());
        if (!node.isLive()) {
            return false;
        }
        if (node.shutdown() == ShutdownPolicy.FREEZE) {
            return stop(turn, guest, runner, runner.node() + " is being shut down, and comes back with it");
        }
        if (guest.move() != null) {
            return leave(turn, guest, runner);
        }
        if (node.givesGuestsAway()) {
            return drain(turn, guest, runner, node);
        }
        return setAsideSuperseded(turn, guest, runner)
                || Pools.leave(turn, guest, running)
                || Branches.drop(turn, guest)
                || failBack(turn, guest, running);
    }

    private static boolean stop(Turn turn, GuestState guest, Runner runner, String reason) {
        turn.decide(Rule.OPERATOR, new GuestEvent.StopGuest(
                guest.name(), runner.epoch(), runner.node(), runner.incarnation(), false, reason));
        return true;
    }

    /** A move begins with the stop, and only if somewhere can take the guest. */
    private static boolean leave(Turn turn, GuestState guest, Runner runner) {
        Move move = guest.move();
        String target = move.to() != null ? move.to() : Candidates.of(turn.state(), guest, runner.node()).best();
        String refusal = target == null
                ? "no node can take it"
                : Candidates.refusalOf(turn.state(), guest, target);
        if (refusal != null || turn.state().suspended() || turn.state().frozen() != null) {
            turn.decide(Rule.PLACEMENT, new GuestEvent.MoveEnded(
                    guest.name(), false, refusal != null ? refusal : "nothing is decided at present"));
            return true;
        }
        return stop(turn, guest, runner, move.purpose().name().toLowerCase(java.util.Locale.ROOT) + " to " + target);
    }

    private static boolean drain(Turn turn, GuestState guest, Runner runner, NodeState node) {
        if (turn.state().frozen() != null || turn.state().suspended()) {
            return false;
        }
        Candidates candidates = Candidates.of(turn.state(), guest, runner.node());
        if (candidates.best() == null && node.shutdown() == ShutdownPolicy.FAILOVER) {
            return stop(turn, guest, runner, runner.node() + " is being shut down and no node can take the guest");
        }
        if (candidates.best() == null) {
            return waits(turn, guest, runner.node() + " is " + node.closed() + " and no node can take the guest",
                    candidates.refused());
        }
        turn.decide(Rule.OPERATOR, new GuestEvent.MoveBegun(guest.name(), new Move(Move.Purpose.DRAIN, null)));
        return true;
    }

    /**
     * Back to a node its owner prefers, once that is a target again. Only after it ran well for a while, and not to where
     * it failed before: each attempt costs an outage.
     */
    private static boolean failBack(Turn turn, GuestState guest, GuestPhase.Running running) {
        ClusterState state = turn.state();
        boolean settled = guest.spec().nodes().failback()
                && running.answering()
                && state.frozen() == null
                && !state.suspended()
                && running.since().hasPassed(BEFORE_FAILBACK, state.nodes());
        String home = settled ? Candidates.preferredTo(state, guest, running.runner()) : null;
        if (home == null) {
            return false;
        }
        turn.decide(Rule.PLACEMENT, new GuestEvent.MoveBegun(guest.name(), new Move(Move.Purpose.FAILBACK, home)));
        return true;
    }

    /** Volumes of nodes that ran or were promoted under an older epoch are out of date: they must not stay live. */
    private static boolean setAsideSuperseded(Turn turn, GuestState guest, Runner runner) {
        boolean runsTheNewest = guest.lastWriter().epoch() == runner.epoch();
        if (!runsTheNewest || turn.state().frozen() != null) {
            return false;
        }
        for (String other : guest.liveCopies()) {
            NodeState node = turn.state().node(other);
            String asked = node.incarnation() + "/" + runner.epoch();
            boolean due = !other.equals(runner.node())
                    && node.liveness() == Liveness.LIVE
                    && !asked.equals(guest.asideAsked().get(other));
            if (due) {
                turn.decide(Rule.R11_PROMOTION, new GuestEvent.SetAside(
                        guest.name(), runner.epoch(), other, node.incarnation(), guest.promotedFrom()));
                return true;
            }
        }
        return false;
    }
}
