package dev.holdfast.guard.clock;

import java.time.Duration;

/** Counts the larger of the two clocks' advances since its creation. */
final class LargerAdvance implements LeaseClock {

    private final MachineClock machine;
    private final ClockReading origin;

    LargerAdvance(MachineClock machine) {
        this.machine = machine;
        this.origin = machine.read();
    }

    @Override
    public Duration now() {
        return at(machine.read());
    }

    @Override
    public TimeLeft until(Duration deadline) {
        ClockReading reading = machine.read();
        return new TimeLeft(reading, deadline.minus(at(reading)));
    }

    private Duration at(ClockReading reading) {
        return Duration.ofNanos(reading.largerAdvanceSince(origin));
    }
}
