package dev.holdfast.quorum;

import java.time.Duration;

/** Waits between attempts: doubling from a quarter of a second to ten seconds. Not for use by several threads. */
final class BackOff {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Duration next = FIRST;

    /** What to wait now; the next time it is twice as long. */
    Duration take() {
        Duration now = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return now;
    }

    void reset() {
        next = FIRST;
    }
}
