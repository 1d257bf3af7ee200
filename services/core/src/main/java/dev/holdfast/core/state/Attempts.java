package dev.holdfast.core.state;

import dev.holdfast.core.guest.RestartPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * How often a guest could not be kept running, and when the next attempt is due.
 *
 * @param failures ends and failed starts in a row on the present node
 * @param relocations moves made because of them
 * @param tried nodes it failed on
 * @param backOff log time to wait from {@code since}; zero for none
 */
public record Attempts(int failures, int relocations, Collection<String> tried, Duration backOff, LogTimer since) {

    public static final Attempts NONE = new Attempts(0, 0, Set.of(), Duration.ZERO, LogTimer.startingAfter(-1));

    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(1);

    public Attempts {
        tried = Sorted.set(tried);
    }

    /** After one more failure on that node: the next attempt waits, doubling each time. */
    Attempts failed(String node, RestartPolicy policy, long offset) {
        Set<String> more = new TreeSet<>(tried);
        more.add(node);
        Duration doubled = policy.backOff().multipliedBy(1L << Math.min(failures, 20));
        Duration wait = doubled.compareTo(policy.maxBackOff()) > 0 ? policy.maxBackOff() : doubled;
        return new Attempts(failures + 1, relocations, more, wait, LogTimer.startingAfter(offset));
    }

    /** After a refusal: no failure of the guest, but the next attempt waits a little. */
    Attempts refused(long offset) {
        return new Attempts(failures, relocations, tried, AFTER_REFUSAL, LogTimer.startingAfter(offset));
    }

    /** After it ran well for that long: what lies outside the policy's windows is forgotten. */
    Attempts afterRunning(Duration ranFor, RestartPolicy policy) {
        if (ranFor.compareTo(policy.relocationWindow()) >= 0) {
            return NONE;
        }
        return ranFor.compareTo(policy.window()) >= 0
                ? new Attempts(0, relocations, tried, Duration.ZERO, since)
                : this;
    }

    Attempts relocated() {
        return new Attempts(0, relocations + 1, tried, Duration.ZERO, LogTimer.startingAfter(-1));
    }

    Attempts withSince(LogTimer timer) {
        return timer == since ? this : new Attempts(failures, relocations, tried, backOff, timer);
    }
}
