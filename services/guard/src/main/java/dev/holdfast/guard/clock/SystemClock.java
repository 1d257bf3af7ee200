package dev.holdfast.guard.clock;

import dev.holdfast.guard.process.NativeCalls;

/** The machine's real clocks. */
public enum SystemClock implements MachineClock {
    INSTANCE;

    @Override
    public ClockReading read() {
        return new ClockReading(
                NativeCalls.clockNanos(NativeCalls.CLOCK_BOOTTIME),
                NativeCalls.clockNanos(NativeCalls.CLOCK_MONOTONIC_RAW));
    }
}
