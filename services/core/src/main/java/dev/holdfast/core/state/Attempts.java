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

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(60);

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

    /** After a node refused or failed to do its part: no failure of the guest, but the next attempt waits. */
    Attempts refused(long offset) {
        Duration doubled = backOff.isZero() ? FIRST_RETRY : backOff.multipliedBy(2);
        Duration wait = doubled.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : doubled;
        return new Attempts(failures, relocations, tried, wait, LogTimer.startingAfter(offset));
    }

    /** After it was started: nothing is waited for any more. */
    Attempts started() {
        return new Attempts(failures, relocations, tried, Duration.ZERO, LogTimer.startingAfter(-1));
    }

    /** Nodes it failed on that still count against them once it ran for so long. */
    public Collection<String> triedAfter(Duration ranFor, RestartPolicy policy) {
        return afterRunning(ranFor, policy).tried();
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

    /** As it goes to another node because of them: there it has all its restarts again. */
    Attempts relocated() {
        return new Attempts(0, relocations + 1, tried, Duration.ZERO, LogTimer.startingAfter(-1));
    }

    /** A move was given up: what failed where it was to go says nothing of the node on which it stays. */
    Attempts turnedAway(Move move, RestartPolicy policy) {
        boolean failedThere = usedUp(policy);
        if (move.to() == null || move.purpose() == Move.Purpose.SWITCHOVER && !failedThere) {
            return this;
        }
        Set<String> more = new TreeSet<>(tried);
        more.add(move.to());
        return new Attempts(failedThere ? 0 : failures, relocations, more, backOff, since);
    }

    /** Whether it may not be started where it is any more. */
    public boolean usedUp(RestartPolicy policy) {
        return failures > policy.maxRestarts();
    }

    /** Whether it may still be relocated. */
    public boolean mayRelocate(RestartPolicy policy) {
        return relocations < policy.maxRelocations();
    }

    Attempts withSince(LogTimer timer) {
        return timer == since ? this : new Attempts(failures, relocations, tried, backOff, timer);
    }
}
