package dev.holdfast.guard.clock;

/** Where readings of the machine's clocks come from; tests give their own. */
@FunctionalInterface
public interface MachineClock {

    ClockReading read();
}
