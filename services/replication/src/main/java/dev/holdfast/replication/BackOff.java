package dev.holdfast.replication;

import java.time.Duration;

/**
 * How long a failing target is left alone: 1, 2, 4, 8, 15, 15 … s, and never longer than the interval at which the guest
 * is copied. A target that was away is up to date again at most one interval late.
 */
final class BackOff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private BackOff() {}

    /**
     * @param failures in a row, 1 or more
     * @param interval from one snapshot to the next
     */
    static Duration after(int failures, Duration interval) {
        Duration longest = interval.compareTo(LONGEST) < 0 ? interval : LONGEST;
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
