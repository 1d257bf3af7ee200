package dev.holdfast.core.decide;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Move;
import dev.holdfast.core.state.NodeState;
import java.util.List;
import java.util.Locale;

/** Operators' commands: each is accepted or refused with a reason, in the turn that reads it. */
final class Commands {

    private Commands() {}

    static void answer(Turn turn, OperatorCommand command) {
        if (turn.state().answered().contains(command.id())) {
            return;
        }
        switch (command.request()) {
            case OperatorCommand.DeclareGuest declare -> { }
            case OperatorCommand.ConfirmOff confirmed -> { }
            case OperatorCommand.DrainNode drain -> onNode(turn, command, drain.node(), NodeCommands::drain);
            case OperatorCommand.BeginMaintenance begin ->
                onNode(turn, command, begin.node(), NodeCommands::beginMaintenance);
            case OperatorCommand.EndMaintenance end -> onNode(turn, command, end.node(), NodeCommands::endMaintenance);
            case OperatorCommand.ShutdownNode shutdown -> onNode(turn, command, shutdown.node(),
                    (t, node) -> NodeCommands.shutdown(t, node, shutdown.policy().resolved(shutdown.reboot())));
            case OperatorCommand.ReplaceNode replace -> onNode(turn, command, replace.node(),
                    (t, node) -> NodeCommands.replace(t, node, replace.machine()));
            case OperatorCommand.DrillNode drill -> onNode(
                    turn, command, drill.node(), (t, node) -> DrillRule.answer(t.state(), node, drill.maxLoss()));
            case OperatorCommand.DrillGuest drill -> onGuest(
                    turn, command, drill.guest(), (t, guest) -> DrillRule.answer(t.state(), guest, drill.maxLoss()));
            case OperatorCommand.RemoveGuest remove ->
                onGuest(turn, command, remove.guest(), (t, guest) -> remove(t, guest, remove.leaveRunning()));
            case OperatorCommand.RequestStart start -> onGuest(turn, command, start.guest(), Commands::start);
            case OperatorCommand.RequestStop stop -> onGuest(turn, command, stop.guest(), Commands::stop);
            case OperatorCommand.RequestDisable disable -> onGuest(turn, command, disable.guest(), Commands::disable);
            case OperatorCommand.RequestIgnore ignore -> onGuest(turn, command, ignore.guest(), Commands::ignore);
            case OperatorCommand.ClearGuest clear -> onGuest(turn, command, clear.guest(), Commands::clear);
            case OperatorCommand.AcceptLoss accept -> onGuest(turn, command, accept.guest(), Commands::acceptLoss);
            case OperatorCommand.RequestReplication now -> onGuest(
                    turn, command, now.guest(), (t, guest) -> ReplicationCommands.now(t, guest, command.id()));
            case OperatorCommand.PauseReplication pause -> onGuest(turn, command, pause.guest(),
                    (t, guest) -> ReplicationCommands.pause(t, guest, command.who(), command.why()));
            case OperatorCommand.ResumeReplication resume ->
                onGuest(turn, command, resume.guest(), ReplicationCommands::resume);
            case OperatorCommand.DropDivergent drop -> onGuest(turn, command, drop.guest(), (t, guest) ->
                    ReplicationCommands.drop(t, guest, drop, command.who(), command.why()));
            case OperatorCommand.Switchover move ->
                onGuest(turn, command, move.guest(), (t, guest) -> switchover(t, guest, move.to()));
        }
    }

    /** What one verb does to a known guest. */
    private interface Verb {

        /** Decides, and says in a sentence what will happen, or refuses. */
        Answer on(Turn turn, GuestState guest);
    }

    /** What one verb does to a known node. */
    interface NodeVerb {

        /** Decides, and says in a sentence what will happen, or refuses. */
        Answer on(Turn turn, NodeState node);
    }

    record Answer(boolean accepted, String text) {

        static Answer yes(String text) {
            return new Answer(true, text);
        }

        static Answer no(String text) {
            return new Answer(false, text);
        }
    }

    private static void onGuest(Turn turn, OperatorCommand command, String name, Verb verb) {
        GuestState guest = turn.state().guests().get(name);
        Answer answer = guest == null
                ? Answer.no("no guest '" + name + "'; the guests are " + turn.state().guests().keySet())
                : verb.on(turn, guest);
        answer(turn, command, answer);
    }

    private static void onNode(Turn turn, OperatorCommand command, String name, NodeVerb verb) {
        answer(turn, command, turn.state().isNode(name)
                ? verb.on(turn, turn.state().node(name))
                : Answer.no(noNode(turn.state(), name)));
    }

    private static void answer(Turn turn, OperatorCommand command, Answer answer) {
        turn.decide(Rule.OPERATOR, new ClusterEvent.CommandAnswered(
                command.id(), command.request().target(), answer.accepted(), answer.text()));
    }

    private static Answer remove(Turn turn, GuestState guest, boolean leaveRunning) {
        if (!guest.removing()) {
            turn.decide(Rule.OPERATOR, new GuestEvent.GuestRemoving(guest.name(), leaveRunning));
        }
        return Answer.yes(leaveRunning
                ? guest.name() + " is left as it is, and forgotten once nothing can run it; its volumes stay"
                : guest.name() + " is stopped and forgotten; its volumes stay");
    }

    private static Answer start(Turn turn, GuestState guest) {
        if (guest.phase() instanceof GuestPhase.Errored errored) {
            return Answer.no(guest.name() + " is in error (" + errored.reason() + "); clear it first");
        }
        boolean failedUnseen = guest.requested() == RequestedState.IGNORED
                && guest.phase() instanceof GuestPhase.Running running
                && !running.answering();
        turn.decide(Rule.OPERATOR, new GuestEvent.GuestRequested(guest.name(), RequestedState.STARTED));
        if (failedUnseen) {
            stopAgain(turn, guest, true, "it did not answer while it was ignored");
        }
        return Answer.yes(guest.name() + " is wanted started");
    }

    private static Answer stop(Turn turn, GuestState guest) {
        turn.decide(Rule.OPERATOR, new GuestEvent.GuestRequested(guest.name(), RequestedState.STOPPED));
        return Answer.yes(guest.name() + " is wanted stopped");
    }

    private static Answer disable(Turn turn, GuestState guest) {
        turn.decide(Rule.OPERATOR, new GuestEvent.GuestRequested(guest.name(), RequestedState.DISABLED));
        clearError(turn, guest);
        return Answer.yes(guest.name() + " is disabled");
    }

    private static Answer ignore(Turn turn, GuestState guest) {
        turn.decide(Rule.OPERATOR, new GuestEvent.GuestRequested(guest.name(), RequestedState.IGNORED));
        return Answer.yes(guest.name() + " is left as it is; nothing is decided about it");
    }

    /** What did not end when it was told to is told once more. */
    static void clearError(Turn turn, GuestState guest) {
        if (guest.phase() instanceof GuestPhase.Errored) {
            turn.decide(Rule.OPERATOR, new GuestEvent.ErrorCleared(guest.name()));
            stopAgain(turn, guest, false, "its error is cleared");
        }
    }

    private static void stopAgain(Turn turn, GuestState guest, boolean failing, String why) {
        for (Runner runner : guest.runners()) {
            turn.decide(Rule.OPERATOR, new GuestEvent.StopGuest(
                    guest.name(), runner.epoch(), runner.node(), runner.incarnation(), failing, why));
        }
    }

    private static Answer clear(Turn turn, GuestState guest) {
        if (!(guest.phase() instanceof GuestPhase.Errored)) {
            return Answer.no(guest.name() + " is not in error");
        }
        clearError(turn, guest);
        return Answer.yes(guest.name() + "'s error is cleared");
    }

    private static Answer acceptLoss(Turn turn, GuestState guest) {
        if (guest.waiting() == null) {
            return Answer.no(guest.name() + " does not wait for anything");
        }
        turn.decide(Rule.OPERATOR, new GuestEvent.LossAccepted(guest.name()));
        return Answer.yes("the loss of " + guest.name() + "'s newest data is accepted");
    }

    private static Answer switchover(Turn turn, GuestState guest, String to) {
        if (guest.requested() == RequestedState.IGNORED) {
            return Answer.no(guest.name() + " is ignored; request that it is started first");
        }
        if (guest.phase() instanceof GuestPhase.Idle && !guest.isWanted() && !guest.removing() && to != null) {
            return goesThereWhenStarted(turn, guest, to);
        }
        if (!(guest.phase() instanceof GuestPhase.Running running)) {
            return Answer.no(guest.name() + " is not running");
        }
        if (guest.move() != null) {
            return Answer.no(guest.name() + " is moving already");
        }
        ClusterState state = turn.state();
        String obstacle = obstacleToMoving(state, guest, running);
        if (obstacle != null) {
            return Answer.no(obstacle);
        }
        if (to == null) {
            if (Candidates.of(state, guest, running.runner().node()).best() == null) {
                return Answer.no("no node can take " + guest.name() + ": "
                        + String.join("; ", Candidates.of(state, guest, running.runner().node()).refused()));
            }
        } else {
            String refusal = to.equals(running.runner().node())
                    ? guest.name() + " runs on " + to + " already"
                    : Candidates.refusalOf(state, guest, to);
            if (refusal != null) {
                return Answer.no(refusal);
            }
            if (wouldGoBack(guest, running, to)) {
                return Answer.no(guest.name() + " prefers " + running.runner().node() + " to " + to
                        + " and would go back at once; set nodes.failback=false first");
            }
        }
        turn.decide(Rule.OPERATOR, new GuestEvent.MoveBegun(guest.name(), new Move(Move.Purpose.SWITCHOVER, to)));
        return Answer.yes(guest.name() + " moves" + (to == null ? "" : " to " + to));
    }

    private static boolean wouldGoBack(GuestState guest, GuestPhase.Running running, String to) {
        List<String> preferred = guest.spec().nodes().preferred();
        int here = preferred.indexOf(running.runner().node());
        int there = preferred.indexOf(to);
        return guest.spec().nodes().failback() && here >= 0 && (there < 0 || there > here);
    }

    /** A guest that is stopped has nothing to move but the place of its next start. */
    private static Answer goesThereWhenStarted(Turn turn, GuestState guest, String to) {
        boolean there = guest.lastWriter() != null
                && guest.lastWriter().node().equals(to)
                && guest.liveCopies().contains(to);
        String refusal = there
                ? Candidates.refusalToStay(turn.state(), guest, to)
                : guest.lastWriter() == null
                        ? Candidates.refusalOfNode(turn.state(), guest, to)
                        : Candidates.refusalOf(turn.state(), guest, to);
        if (refusal != null) {
            return Answer.no(refusal);
        }
        turn.decide(Rule.OPERATOR, there
                ? new GuestEvent.MoveEnded(guest.name(), true, "it is to start where it was")
                : new GuestEvent.MoveBegun(guest.name(), new Move(Move.Purpose.SWITCHOVER, to)));
        return Answer.yes(guest.name() + " goes to " + to + " when it is started");
    }

    private static String obstacleToMoving(ClusterState state, GuestState guest, GuestPhase.Running running) {
        String node = running.runner().node();
        if (state.frozen() != null) {
            return "the cluster is frozen: " + state.frozen().reason();
        }
        if (state.suspended()) {
            return "less than a majority of the voters is live";
        }
        return state.node(node).isLive() && guest.isWanted()
                ? null
                : guest.name() + " runs on " + node + ", which is " + state.node(node).liveness().name().toLowerCase(Locale.ROOT);
    }

    static String noNode(ClusterState state, String name) {
        return "no node '" + name + "'; the nodes are " + state.settings().nodes();
    }
}
