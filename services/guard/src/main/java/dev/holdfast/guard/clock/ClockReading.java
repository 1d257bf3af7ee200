package dev.holdfast.guard.clock;

/**
 * One look at the machine's two monotonic clocks. Both are the same for every process of the machine and start
 * again at each boot.
 *
 * @param bootNanos CLOCK_BOOTTIME in nanoseconds: goes on while the machine is suspended
 * @param rawNanos CLOCK_MONOTONIC_RAW in nanoseconds: never adjusted, stands still while suspended
 */
public record ClockReading(long bootNanos, long rawNanos) {

    /** Nanoseconds since {@code earlier}, by the clock that advanced more: never too little. */
    public long largerAdvanceSince(ClockReading earlier) {
        return Math.max(bootNanos - earlier.bootNanos, rawNanos - earlier.rawNanos);
    }

    /** Nanoseconds since {@code earlier}, by the clock that advanced less: never too much. */
    public long smallerAdvanceSince(ClockReading earlier) {
        return Math.min(bootNanos - earlier.bootNanos, rawNanos - earlier.rawNanos);
    }
}
