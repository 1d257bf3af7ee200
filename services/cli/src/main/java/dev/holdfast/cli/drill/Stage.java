package dev.holdfast.cli.drill;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.local.Waiting;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Operator;
import dev.holdfast.cli.read.PresentState;
import dev.holdfast.cli.read.StateReader;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The live cluster of a drill: asked, looked at and waited for. Everything asked is a record on its log. */
final class Stage {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final ClusterAccess access;
    private final Operator operator;
    private final Consumer<String> progress;

    Stage(ClusterAccess access, Operator operator, Consumer<String> progress) {
        this.access = access;
        this.operator = operator;
        this.progress = progress;
    }

    ClusterAccess access() {
        return access;
    }

    void say(String line) {
        progress.accept(line);
    }

    /**
     * Asks, and says what the answer is.
     *
     * @throws Failure if it is refused
     */
    void ask(OperatorCommand.Request request) {
        Operator.Answer answer = operator.ask(request);
        if (!answer.accepted()) {
            throw Failure.failed("refused: " + answer.text());
        }
        say(answer.text());
    }

    /** Asks for what is as well if it is refused. */
    void wish(OperatorCommand.Request request) {
        Operator.Answer answer = operator.ask(request);
        say((answer.accepted() ? "" : "refused: ") + answer.text());
    }

    /**
     * What the log says now.
     *
     * @throws Failure if it does not answer
     */
    ClusterState state() {
        return look().orElseThrow(() -> Failure.noAnswer("the cluster has not decided anything yet"));
    }

    private Optional<ClusterState> look() {
        return new StateReader(access).read().map(PresentState::state);
    }

    /** Waits until the state is so. While the log moves to other brokers nothing is known, and it is looked at again. */
    boolean await(Predicate<ClusterState> wanted, Duration within) {
        return Waiting.until(() -> {
            try {
                return look().filter(wanted).isPresent();
            } catch (Failure failure) {
                if (failure.exitCode() == ExitCode.NO_ANSWER) {
                    return false;
                }
                throw failure;
            }
        }, within, BETWEEN_LOOKS);
    }

    /** The node on which a guest answers and stays; null if there is none. */
    static String home(GuestState guest) {
        return guest != null && guest.move() == null
                        && guest.phase() instanceof GuestPhase.Running running && running.answering()
                ? running.runner().node()
                : null;
    }

    /** Whether that node holds a copy of the guest's present run, and no volume that was superseded. */
    static boolean isTarget(GuestState guest, String node) {
        return guest.phase() instanceof GuestPhase.Running running
                && !guest.liveCopies().contains(node)
                && guest.replicas().containsKey(node)
                && guest.replicas().get(node).epoch() == running.runner().epoch();
    }
}
