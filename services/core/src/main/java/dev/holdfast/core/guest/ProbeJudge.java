package dev.holdfast.core.guest;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides from single probes whether a guest answers.
 *
 * <pre>
 *   STARTING  --answer--------------------------------&gt; ANSWERING
 *   STARTING  --failure after startWithin-------------&gt; DOWN
 *   ANSWERING --failuresBeforeDown failures in a row--&gt; DOWN
 *   DOWN      --answer--------------------------------&gt; ANSWERING
 * </pre>
 *
 * A guest frozen for a snapshot cannot answer. Failures of probes that began before it was thawed are not counted:
 * otherwise a short replication interval and a short timeout would take a healthy guest down.
 */
public final class ProbeJudge {

    /** A starting guest is probed at least this often: every interval waited here is outage. */
    private static final Duration EAGER = Duration.ofMillis(100);

    private final ProbeTiming timing;

    public ProbeJudge(ProbeTiming timing) {
        this.timing = timing;
    }

    /** The state after an input, and the news if it is a transition. */
    public record Step(ProbeState state, Optional<ProbeNews> news) {
    }

    /** @param now on the same scale as the state's times, never before them */
    public Step judge(ProbeState state, ProbeInput input, Duration now) {
        return switch (input) {
            case ProbeInput.Frozen _ -> quietly(frozen(state, now));
            case ProbeInput.Thawed _ -> quietly(thawed(state, now));
            case ProbeInput.Probed(Duration begunAt, ProbeResult result) -> switch (result) {
                case ProbeResult.Answering answer -> answered(state, answer, now);
                case ProbeResult.Failing failure -> failed(state, begunAt, failure, now);
            };
        };
    }

    /** From the beginning of one probe to the next; empty while the guest is frozen and must not be probed. */
    public Optional<Duration> untilNext(ProbeState state) {
        if (state.frozen()) {
            return Optional.empty();
        }
        boolean eager = state.phase() == ProbeState.Phase.STARTING && timing.interval().compareTo(EAGER) > 0;
        return Optional.of(eager ? EAGER : timing.interval());
    }

    private static Step answered(ProbeState state, ProbeResult.Answering answer, Duration now) {
        ProbeState next = state.in(ProbeState.Phase.ANSWERING, 0);
        return state.phase() == ProbeState.Phase.ANSWERING
                ? quietly(next)
                : new Step(next, Optional.of(new ProbeNews.Answers(answer.latency(), now.minus(state.startedAt()))));
    }

    private Step failed(ProbeState state, Duration begunAt, ProbeResult.Failing failure, Duration now) {
        if (state.frozen() || begunAt.compareTo(state.thawedAt()) < 0) {
            return quietly(state);
        }
        int failures = state.failures() + 1;
        boolean down = switch (state.phase()) {
            case STARTING -> now.minus(state.startedAt()).compareTo(timing.startWithin()) >= 0;
            case ANSWERING -> failures >= timing.failuresBeforeDown();
            case DOWN -> false;
        };
        return down
                ? new Step(state.in(ProbeState.Phase.DOWN, failures),
                        Optional.of(new ProbeNews.Down(failure.reason(), failures)))
                : quietly(state.in(state.phase(), failures));
    }

    private static ProbeState frozen(ProbeState state, Duration now) {
        return state.frozen() ? state
                : new ProbeState(state.phase(), state.startedAt(), state.failures(), now, state.thawedAt());
    }

    private static ProbeState thawed(ProbeState state, Duration now) {
        if (!state.frozen()) {
            return state;
        }
        Duration paused = now.minus(state.frozenAt());
        return new ProbeState(state.phase(), state.startedAt().plus(paused), state.failures(), null, now);
    }

    private static Step quietly(ProbeState state) {
        return new Step(state, Optional.empty());
    }
}
