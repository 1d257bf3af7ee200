package dev.holdfast.core.decide;

import dev.holdfast.core.decide.Commands.Answer;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.OperatorCommand.DropDivergent;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Replication.Branch;
import dev.holdfast.core.state.Replication.Hold;
import java.util.List;
import java.util.Locale;

/** What people ask about the copies of a guest. */
final class ReplicationCommands {

    private ReplicationCommands() {}

    /** Also of a guest whose replication is paused: whoever asks for one copy knows what for. */
    static Answer now(Turn turn, GuestState guest, String command) {
        String obstacle = obstacle(turn.state(), guest);
        if (obstacle != null) {
            return Answer.no(obstacle);
        }
        Runner runner = ((GuestPhase.Running) guest.phase()).runner();
        turn.decide(Rule.OPERATOR, new GuestEvent.ReplicateNow(
                guest.name(), runner.epoch(), runner.node(), runner.incarnation(), command));
        return Answer.yes(runner.node() + " takes a snapshot of " + guest.name() + " and sends it");
    }

    static Answer pause(Turn turn, GuestState guest, String who, String why) {
        String obstacle = obstacle(turn.state(), guest);
        if (obstacle != null) {
            return Answer.no(obstacle);
        }
        if (!new Hold(who, why).equals(guest.replication().hold())) {
            turn.decide(Rule.OPERATOR, new GuestEvent.ReplicationPaused(guest.name(), who, why));
            hold(turn, guest, ((GuestPhase.Running) guest.phase()).runner(), true);
        }
        return Answer.yes("the replication of " + guest.name() + " is paused: until it is resumed, a failover loses "
                + "everything since the last copy");
    }

    /** Also of a guest that does not run now: whoever runs it next is then not told to hold. */
    static Answer resume(Turn turn, GuestState guest) {
        if (!guest.replication().isPaused()) {
            return Answer.no("the replication of " + guest.name() + " is not paused");
        }
        turn.decide(Rule.OPERATOR, new GuestEvent.ReplicationResumed(guest.name()));
        for (Runner runner : guest.runners()) {
            hold(turn, guest, runner, false);
        }
        return Answer.yes("the replication of " + guest.name() + " goes on");
    }

    static void hold(Turn turn, GuestState guest, Runner runner, boolean hold) {
        turn.decide(Rule.OPERATOR, new GuestEvent.HoldReplication(
                guest.name(), runner.epoch(), runner.node(), runner.incarnation(), hold));
    }

    /** An order that is lost with the life of its node is given again to the next one. */
    static Answer drop(Turn turn, GuestState guest, DropDivergent drop, String who, String why) {
        List<Branch> branches = guest.replication().branches();
        Branch found = branches.stream()
                .filter(branch -> branch.node().equals(drop.node()) && branch.aside().equals(drop.aside()))
                .findFirst()
                .orElse(null);
        if (found == null) {
            return Answer.no("no divergent branch '" + drop.aside() + "' of " + guest.name() + " on " + drop.node()
                    + "; there " + (branches.isEmpty() ? "are none" : "is " + String.join(", ", branches.stream()
                            .map(branch -> branch.aside() + " on " + branch.node())
                            .toList())));
        }
        if (!turn.state().node(drop.node()).isLive()) {
            return Answer.no(drop.node() + " is " + lower(turn.state().node(drop.node()).liveness())
                    + "; ask again when it is back");
        }
        Branches.order(turn, guest, found, who + (why.isBlank() ? "" : ": " + why), Rule.OPERATOR);
        return Answer.yes(drop.node() + " deletes " + drop.aside() + " of " + guest.name() + ", "
                + found.bytes() + " bytes that are nowhere else");
    }

    /** Why nobody can carry out an order about the run of a guest; null if its owner can. */
    private static String obstacle(ClusterState state, GuestState guest) {
        if (!(guest.phase() instanceof GuestPhase.Running running)) {
            return guest.name() + " is not running";
        }
        String node = running.runner().node();
        return state.node(node).isLive()
                ? null
                : guest.name() + " runs on " + node + ", which is " + lower(state.node(node).liveness());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
