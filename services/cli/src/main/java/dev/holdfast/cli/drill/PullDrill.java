package dev.holdfast.cli.drill;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.bringup.BringUp;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.local.Pulled;
import dev.holdfast.cli.output.Span;
import dev.holdfast.core.decide.DrillRule;
import dev.holdfast.core.message.OperatorCommand.DrillNode;
import dev.holdfast.core.message.OperatorCommand.RequestReplication;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Liveness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node loses its power, and gets it back once its guests answer elsewhere. */
final class PullDrill {

    private static final Duration JOINED_WITHIN = Duration.ofMinutes(3);
    private static final Duration COPIED_WITHIN = Duration.ofMinutes(2);

    private final Stage stage;
    private final LocalCluster cluster;
    private final Duration maxLoss;
    private final Duration within;

    /**
     * @param maxLoss see {@link DrillNode}; may be null
     * @param within until all its guests answer
     */
    PullDrill(Stage stage, LocalCluster cluster, Duration maxLoss, Duration within) {
        this.stage = stage;
        this.cluster = cluster;
        this.maxLoss = maxLoss;
        this.within = within;
    }

    /**
     * Does it. Whatever comes of it, the node is switched on again, also if this process is told to end.
     *
     * @throws Failure if the log refuses it; nothing was done then
     */
    Outcome run(String node) {
        stage.ask(new DrillNode(node, maxLoss));
        List<String> guests = names(DrillRule.on(stage.state(), stage.state().node(node)));
        List<String> faults = new ArrayList<>();
        Thread hook = new Thread(() -> cluster.startNode(node), "switch-on-again");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Pulled pulled = cluster.kill(node);
            stage.say("the power of " + node + " is gone: " + pulled.killed().size() + " processes killed in "
                    + Span.of(pulled.took()));
            if (stage.await(state -> isOver(state, node, guests), within)) {
                stage.say(node + " is fenced" + (guests.isEmpty() ? "" : ", and answering elsewhere: "
                        + String.join(", ", guests)));
            } else {
                faults.add(missing(node, guests) + " after " + within.toSeconds() + " s");
            }
        } finally {
            stage.say("switching " + node + " on again");
            cluster.startNode(node);
            forget(hook);
        }
        faults.addAll(restored(node, guests));
        return new Outcome(guests, faults);
    }

    private static boolean isOver(ClusterState state, String node, List<String> guests) {
        return state.node(node).liveness() == Liveness.FENCED
                && guests.stream().map(state.guests()::get).allMatch(guest -> Stage.home(guest) != null);
    }

    private String missing(String node, List<String> guests) {
        try {
            ClusterState state = stage.state();
            List<String> away = guests.stream().filter(guest -> Stage.home(state.guests().get(guest)) == null).toList();
            return away.isEmpty() ? node + " is not fenced" : String.join(", ", away) + " not answering";
        } catch (Failure silent) {
            return "the log does not answer";
        }
    }

    private List<String> restored(String node, List<String> guests) {
        try {
            new BringUp(cluster, line -> { }).await(List.of(node), JOINED_WITHIN);
        } catch (Failure notInTime) {
            return List.of(notInTime.getMessage());
        }
        for (String guest : guests) {
            stage.wish(new RequestReplication(guest));
        }
        if (!stage.await(state -> guests.stream().map(state.guests()::get)
                .allMatch(guest -> guest != null && Stage.isTarget(guest, node)), COPIED_WITHIN)) {
            return List.of(node + " is back, and holds no new copy of " + String.join(", ", guests) + " after "
                    + COPIED_WITHIN.toSeconds() + " s; './holdfast replicas' says why");
        }
        stage.say(node + " is back" + (guests.isEmpty() ? "" : ", with new copies of " + String.join(", ", guests)));
        return List.of();
    }

    private static List<String> names(List<GuestState> guests) {
        return guests.stream().map(GuestState::name).toList();
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // It does the same a second time, which changes nothing.
        }
    }
}
