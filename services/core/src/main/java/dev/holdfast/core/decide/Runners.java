package dev.holdfast.core.decide;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;

/** Runners that nodes name in their beats and this log does not know: they enter P (rule R10) and are stopped. */
final class Runners {

    private Runners() {}

    /** A node names it: it counts until it is discharged, and its node is told to stop it, which is always safe. */
    static void found(Turn turn, String guest, Runner runner) {
        turn.decide(Rule.R10_FREEZE, new GuestEvent.RunnerFound(guest, runner));
        turn.decide(Rule.R10_FREEZE, new GuestEvent.StopGuest(
                guest, runner.epoch(), runner.node(), runner.incarnation(), false, "this log did not issue its start"));
    }

    /** A guest has just been declared that nodes run already, as after the loss of a log. */
    static void findAll(Turn turn, String guest) {
        for (NodeState node : turn.state().nodes().values()) {
            if (node.mayRunWhatItNames() && node.running().containsKey(guest)) {
                found(turn, guest, new Runner(node.name(), node.incarnation(), node.running().get(guest)));
            }
        }
    }

    /** Whether the newest beat of a node that may still run something names the guest. */
    static boolean isNamed(Turn turn, GuestState guest) {
        return turn.state().nodes().values().stream()
                .anyMatch(node -> node.mayRunWhatItNames() && node.running().containsKey(guest.name()));
    }
}
