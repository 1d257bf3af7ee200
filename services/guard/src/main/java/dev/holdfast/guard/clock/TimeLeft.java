package dev.holdfast.guard.clock;

import java.time.Duration;

/**
 * A deadline on its way from one process of a machine to another: what was left of it when both clocks were read.
 * The reader subtracts the larger advance since, so a message that lay in a buffer, or was written by a process that
 * was stopped in between, never prolongs anything.
 *
 * @param readAt the clocks when {@code remaining} was computed
 * @param remaining what was left then; zero or negative when the deadline had passed
 */
public record TimeLeft(ClockReading readAt, Duration remaining) {

    /**
     * What is left at {@code now}. Readings that lie in the future, which only another boot can produce, leave
     * nothing.
     */
    public Duration at(ClockReading now) {
        if (now.smallerAdvanceSince(readAt) < 0) {
            return Duration.ZERO;
        }
        return remaining.minusNanos(now.largerAdvanceSince(readAt));
    }
}
