package dev.holdfast.guard.server;

import dev.holdfast.guard.clock.MachineClock;
import dev.holdfast.guard.process.NativeCalls;
import java.time.Duration;

/**
 * Wakes the guard when a deadline passed while the machine was suspended: waiting in a selector does not count
 * suspended time, so without it guests would run on for up to WD after the machine resumes.
 */
final class DeadlineAlarm {

    private final MachineClock machine;
    private final Runnable wake;
    private long target;

    DeadlineAlarm(MachineClock machine, Runnable wake) {
        this.machine = machine;
        this.wake = wake;
    }

    void start() {
        Thread.ofPlatform().name("deadline").daemon().start(this::run);
    }

    /** Sets the alarm; a later target is noticed when the present one is reached. */
    synchronized void setIn(Duration left) {
        target = machine.read().bootNanos() + left.toNanos();
        notifyAll();
    }

    synchronized void clear() {
        target = 0;
    }

    private void run() {
        try {
            while (true) {
                long next = awaitTarget();
                NativeCalls.sleepUntilBootTime(next);
                ringIfReached();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized long awaitTarget() throws InterruptedException {
        while (target == 0) {
            wait();
        }
        return target;
    }

    private synchronized void ringIfReached() {
        if (target != 0 && machine.read().bootNanos() >= target) {
            target = 0;
            wake.run();
        }
    }
}
