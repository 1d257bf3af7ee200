package dev.holdfast.guard.clock;

import java.time.Duration;

/**
 * The clock of a witness (rule R4): it may run slow, never fast, so that a silence is never claimed to be longer
 * than it was. Its value starts at CLOCK_MONOTONIC_RAW, so values of one boot compare even across a restart of the
 * process that took them.
 */
public interface WitnessClock {

    /** Time since about the machine's boot; never decreases. */
    Duration now();

    /** A witness clock that starts at the raw monotonic clock's present value. */
    static WitnessClock startingNow(MachineClock machine) {
        return new SmallerAdvance(machine);
    }
}
