package dev.holdfast.core.decide;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.GuestSpecChange;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Tombstone;
import dev.holdfast.core.state.GuestState;

/**
 * Last stage: what is asked, what was done, and then for every guest the next step towards what its owner wants.
 * The next step depends on the state alone, not on the input, so nothing is ever waited for that could be missed.
 */
final class Placement implements Stage {

    /** A guest takes a handful of steps at the most in one turn; more would be a loop in the rules. */
    private static final int MOST_STEPS = 16;

    @Override
    public void run(Turn turn) {
        if (turn.state().settings() == null) {
            tooEarly(turn);
            return;
        }
        switch (turn.input().body()) {
            case GuestSpecChange change -> onSpec(turn, change);
            case Tombstone tombstone -> onTombstone(turn, tombstone);
            case OperatorCommand command -> Commands.answer(turn, command);
            case GuestReport report -> GuestReports.take(turn, report);
            case ReplicaReport report -> ReplicaReports.take(turn, report);
            default -> { }
        }
        for (String guest : turn.state().guests().keySet()) {
            settle(turn, guest);
        }
    }

    /** Topics are read side by side: what was written after the first settings may be read before them. */
    private static void tooEarly(Turn turn) {
        switch (turn.input().body()) {
            case GuestSpecChange change -> refuse(turn, change.commandId(), change.spec().name());
            case OperatorCommand command -> refuse(turn, command.id(), command.request().target());
            default -> { }
        }
    }

    private static void refuse(Turn turn, String command, String target) {
        if (!turn.state().answered().contains(command)) {
            turn.decide(Rule.OPERATOR, new ClusterEvent.CommandAnswered(
                    command, target, false, "the cluster has no settings yet; ask again in a moment"));
        }
    }

    private static void settle(Turn turn, String name) {
        for (int step = 0; step < MOST_STEPS; step++) {
            GuestState guest = turn.state().guests().get(name);
            if (guest == null || !NextStep.take(turn, guest)) {
                return;
            }
        }
        throw new IllegalStateException("guest " + name + " does not settle in state "
                + turn.state().guests().get(name));
    }

    private static void onSpec(Turn turn, GuestSpecChange change) {
        if (turn.state().answered().contains(change.commandId())) {
            return;
        }
        String name = change.spec().name();
        String refusal = refusalOf(turn, change);
        if (refusal == null) {
            GuestState known = turn.state().guests().get(name);
            turn.decide(Rule.OPERATOR, new GuestEvent.GuestDeclared(name, change.spec()));
            if (known == null) {
                Runners.findAll(turn, name);
            } else if (change.spec().requestedState() == RequestedState.DISABLED) {
                Commands.clearError(turn, known);
            }
        }
        turn.decide(Rule.OPERATOR, new ClusterEvent.CommandAnswered(
                change.commandId(), name, refusal == null,
                refusal == null ? name + " is declared" : refusal));
    }

    private static String refusalOf(Turn turn, GuestSpecChange change) {
        if (!change.spec().name().equals(turn.input().key())) {
            return "the record's key is '" + turn.input().key() + "', its guest is '" + change.spec().name() + "'";
        }
        for (String node : change.spec().nodes().allowed()) {
            if (!turn.state().isNode(node)) {
                return "nodes.allowed names '" + node + "'; the nodes are " + turn.state().settings().nodes();
            }
        }
        return turn.state().guests().values().stream()
                .filter(other -> !other.name().equals(change.spec().name()))
                .filter(other -> sameAddress(other, change))
                .findFirst()
                .map(other -> "address " + change.spec().address() + ":" + change.spec().port() + " belongs to guest "
                        + other.name())
                .orElse(null);
    }

    private static boolean sameAddress(GuestState other, GuestSpecChange change) {
        return change.spec().address() != null
                && change.spec().address().equals(other.spec().address())
                && change.spec().port() == other.spec().port();
    }

    private static void onTombstone(Turn turn, Tombstone tombstone) {
        GuestState guest = turn.state().guests().get(tombstone.key());
        if (guest != null && !guest.removing()) {
            turn.decide(Rule.OPERATOR, new GuestEvent.GuestRemoving(guest.name(), false));
        }
    }
}
