package dev.holdfast.guard.clock;

import java.time.Duration;

/** Counts the smaller of the two clocks' advances, from the raw clock's value at its creation. */
final class SmallerAdvance implements WitnessClock {

    private final MachineClock machine;
    private final ClockReading origin;

    SmallerAdvance(MachineClock machine) {
        this.machine = machine;
        this.origin = machine.read();
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(origin.rawNanos() + machine.read().smallerAdvanceSince(origin));
    }
}
