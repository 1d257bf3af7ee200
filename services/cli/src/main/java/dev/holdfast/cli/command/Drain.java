package dev.holdfast.cli.command;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.Waiting;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Operator;
import dev.holdfast.cli.read.StateReader;
import dev.holdfast.core.decide.Departure;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Says that a node is to be stopped, and waits until none of its guests needs it any more. */
final class Drain {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final ClusterAccess access;
    private final Operator operator;
    private final Consumer<String> progress;

    Drain(ClusterAccess access, Operator operator, Consumer<String> progress) {
        this.access = access;
        this.operator = operator;
        this.progress = progress;
    }

    /**
     * Asks and waits. A node that is not live has nothing to give away in an orderly way, which is not an error.
     *
     * @param leaving what is asked of the node
     * @throws Failure if guests are still there after that time, with what they wait for
     */
    void run(OperatorCommand.NodeRequest leaving, Duration within) {
        String node = leaving.node();
        if (!state().node(node).isLive()) {
            progress.accept(node + " is not live: nothing can be moved in an orderly way");
            return;
        }
        Operator.Answer answer = operator.ask(leaving);
        if (!answer.accepted()) {
            throw Failure.failed("refused: " + answer.text());
        }
        progress.accept(answer.text());
        if (!Waiting.until(() -> holding(node).isEmpty(), within, BETWEEN_LOOKS)) {
            throw Failure.failed("still on " + node + " after " + within.toSeconds() + " s: "
                    + holding(node).stream().map(Drain::reason).collect(Collectors.joining("; "))
                    + ". The node goes on and takes no guests; 'node stop --no-drain' stops it with its guests");
        }
    }

    private List<GuestState> holding(String node) {
        return Departure.holding(state(), node);
    }

    private ClusterState state() {
        return new StateReader(access).read()
                .orElseThrow(() -> Failure.noAnswer("the cluster has not decided anything yet"))
                .state();
    }

    private static String reason(GuestState guest) {
        return guest.name() + (guest.waiting() == null ? "" : " (" + guest.waiting().reason() + ")");
    }
}
