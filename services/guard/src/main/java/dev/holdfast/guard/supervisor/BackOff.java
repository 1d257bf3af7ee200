package dev.holdfast.guard.supervisor;

import java.time.Duration;

/**
 * How long to wait before a process is started again: 1, 2, 4 … 30 s while it keeps ending, from the beginning once
 * it has lived for 60 s.
 */
final class BackOff {

    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(30);
    static final Duration HEALTHY = Duration.ofSeconds(60);

    private Duration next = SHORTEST;

    /** The wait after a process ended that had lived for {@code uptime}. */
    Duration after(Duration uptime) {
        if (uptime.compareTo(HEALTHY) >= 0) {
            next = SHORTEST;
        }
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return wait;
    }
}
