package dev.holdfast.simulator.world;

import java.time.Duration;

/**
 * The two monotonic clocks of one machine since its boot (rule R4): one goes on while the machine is suspended, the
 * other does not. Both run at the machine's own rate.
 */
final class Clock {

    private final Scheduler scheduler;
    private double rate;
    private long fixedAt;
    private long bootThen;
    private long suspendedFor;
    private long suspendedAt = -1;

    /** @param uptime what both show now: no two machines boot at one moment */
    Clock(Scheduler scheduler, double rate, long uptime) {
        this.scheduler = scheduler;
        this.rate = rate;
        this.fixedAt = scheduler.now();
        this.bootThen = uptime;
    }

    /** Goes on while the machine is suspended. */
    long boot() {
        return bootThen + (long) ((scheduler.now() - fixedAt) * rate);
    }

    /** Stands still while the machine is suspended. */
    long raw() {
        return boot() - suspendedFor - (suspendedAt < 0 ? 0 : boot() - suspendedAt);
    }

    /** What a witness calls now. */
    Duration witness() {
        return Duration.ofNanos(raw());
    }

    /** The world's time when the clock that goes on will show that. */
    long worldAt(long boot) {
        return scheduler.now() + (long) Math.ceil((boot - boot()) / rate) + 1;
    }

    void drift(double newRate) {
        bootThen = boot();
        fixedAt = scheduler.now();
        rate = newRate;
    }

    void suspended() {
        suspendedAt = boot();
    }

    void resumed() {
        suspendedFor += boot() - suspendedAt;
        suspendedAt = -1;
    }
}
