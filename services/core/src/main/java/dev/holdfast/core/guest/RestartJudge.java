package dev.holdfast.core.guest;

import java.time.Duration;
import java.util.List;

/**
 * What follows a crash: restarts in place while the policy allows them, then relocations, then the error state.
 *
 * <p>A guest that cannot run must not be started for ever: each start costs the node, and a crash loop that looks
 * like work hides the error from its owner. After a relocation the restarts are counted anew, because a new node is
 * a new chance; the relocations are counted over a longer window, so that nodes do not pass the guest round for ever.
 */
public final class RestartJudge {

    private final RestartPolicy policy;

    public RestartJudge(RestartPolicy policy) {
        this.policy = policy;
    }

    /**
     * The remedy for a crash at {@code now}.
     *
     * @param history earlier remedies since the guest was added or cleared, in any order; older ones than
     *                {@code relocationWindow} may be left out
     * @param now     on the same scale as the history
     */
    public Remedy judge(List<PastRemedy> history, Duration now) {
        List<PastRemedy> moves = history.stream()
                .filter(PastRemedy.Relocated.class::isInstance)
                .filter(past -> within(policy.relocationWindow(), past.at(), now)).toList();
        Duration lastMove = moves.stream().map(PastRemedy::at).max(Duration::compareTo).orElse(null);
        int restarts = (int) history.stream()
                .filter(PastRemedy.Restarted.class::isInstance)
                .filter(past -> within(policy.window(), past.at(), now))
                .filter(past -> lastMove == null || past.at().compareTo(lastMove) >= 0).count();

        if (restarts < policy.maxRestarts()) {
            return new Remedy.RestartInPlace(backOff(restarts), "restart %d of at most %d in %s"
                    .formatted(restarts + 1, policy.maxRestarts(), DurationText.of(policy.window())));
        }
        if (moves.size() < policy.maxRelocations()) {
            return new Remedy.Relocate("%d restarts in %s did not help; relocation %d of at most %d in %s".formatted(
                    restarts, DurationText.of(policy.window()), moves.size() + 1, policy.maxRelocations(),
                    DurationText.of(policy.relocationWindow())));
        }
        return new Remedy.GiveUp("%d restarts in %s and %d relocations in %s did not help".formatted(
                restarts, DurationText.of(policy.window()), moves.size(),
                DurationText.of(policy.relocationWindow())));
    }

    /** Doubled for each restart before; the exponent is bounded because the product would overflow first. */
    private Duration backOff(int restarts) {
        Duration doubled = policy.backOff().multipliedBy(1L << Math.min(restarts, 20));
        return doubled.compareTo(policy.maxBackOff()) < 0 ? doubled : policy.maxBackOff();
    }

    private static boolean within(Duration window, Duration at, Duration now) {
        return now.minus(at).compareTo(window) < 0;
    }
}
