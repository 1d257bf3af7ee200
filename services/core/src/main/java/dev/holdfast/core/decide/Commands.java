package dev.holdfast.core.decide;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.Move;
import dev.holdfast.core.state.NodeState;
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
            case OperatorCommand.DrainNode drain -> drain(turn, command, drain);
            case OperatorCommand.RemoveGuest remove -> onGuest(turn, command, remove.guest(), Commands::remove);
            case OperatorCommand.RequestStart start -> onGuest(turn, command, start.guest(), Commands::start);
            case OperatorCommand.RequestStop stop -> onGuest(turn, command, stop.guest(), Commands::stop);
            case OperatorCommand.ClearGuest clear -> onGuest(turn, command, clear.guest(), Commands::clear);
            case OperatorCommand.AcceptLoss accept -> onGuest(turn, command, accept.guest(), Commands::acceptLoss);
            case OperatorCommand.Switchover move ->
                onGuest(turn, command, move.guest(), (t, guest) -> switchover(t, guest, move.to()));
        }
    }

    /** What one verb does to a known guest. */
    private interface Verb {

        /** Decides, and says in a sentence what will happen, or refuses. */
        Answer on(Turn turn, GuestState guest);
    }

    private record Answer(boolean accepted, String text) {

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

    private static void answer(Turn turn, OperatorCommand command, Answer answer) {
        turn.decide(Rule.OPERATOR, new ClusterEvent.CommandAnswered(
                command.id(), command.request().target(), answer.accepted(), answer.text()));
    }

    private static Answer remove(Turn turn, GuestState guest) {
        if (!guest.removing()) {
            turn.decide(Rule.OPERATOR, new GuestEvent.GuestRemoving(guest.name()));
        }
        return Answer.yes(guest.name() + " is stopped and forgotten; its volumes stay");
    }

    private static Answer start(Turn turn, GuestState guest) {
        if (guest.phase() instanceof GuestPhase.Errored errored) {
            return Answer.no(guest.name() + " is in error (" + errored.reason() + "); clear it first");
        }
        turn.decide(Rule.OPERATOR, new GuestEvent.GuestRequested(guest.name(), RequestedState.STARTED));
        return Answer.yes(guest.name() + " is wanted started");
    }

    private static Answer stop(Turn turn, GuestState guest) {
        turn.decide(Rule.OPERATOR, new GuestEvent.GuestRequested(guest.name(), RequestedState.STOPPED));
        return Answer.yes(guest.name() + " is wanted stopped");
    }

    private static Answer clear(Turn turn, GuestState guest) {
        if (!(guest.phase() instanceof GuestPhase.Errored)) {
            return Answer.no(guest.name() + " is not in error");
        }
        turn.decide(Rule.OPERATOR, new GuestEvent.ErrorCleared(guest.name()));
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
        }
        turn.decide(Rule.OPERATOR, new GuestEvent.MoveBegun(guest.name(), new Move(Move.Purpose.SWITCHOVER, to)));
        return Answer.yes(guest.name() + " moves" + (to == null ? "" : " to " + to));
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
        return "no node '" + name + "'; the nodes are " + state.settings().voters();
    }

    private static void drain(Turn turn, OperatorCommand command, OperatorCommand.DrainNode drain) {
        NodeState node = turn.state().node(drain.node());
        if (!turn.state().isVoter(drain.node())) {
            answer(turn, command, Answer.no(noNode(turn.state(), drain.node())));
            return;
        }
        if (node.liveness() != Liveness.LIVE) {
            answer(turn, command, Answer.no(drain.node() + " is " + node.liveness().name().toLowerCase(Locale.ROOT)));
            return;
        }
        if (!node.draining()) {
            turn.decide(Rule.OPERATOR, new NodeEvent.NodeDraining(drain.node(), node.incarnation()));
        }
        answer(turn, command, Answer.yes(drain.node() + " gives its guests away"));
    }
}
