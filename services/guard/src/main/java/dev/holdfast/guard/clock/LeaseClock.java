package dev.holdfast.guard.clock;

import java.time.Duration;

/**
 * The clock of whoever holds a lease (rule R4): it may run fast, never slow, so that a lease is given up too early
 * rather than too late. It notices a suspended machine.
 */
public interface LeaseClock {

    /** Time since this clock was created; never decreases. */
    Duration now();

    /** What is left until {@code deadline} on this clock, in a form another process of this machine can read. */
    TimeLeft until(Duration deadline);

    /** A lease clock that starts at zero now. */
    static LeaseClock startingNow(MachineClock machine) {
        return new LargerAdvance(machine);
    }
}
