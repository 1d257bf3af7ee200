package dev.holdfast.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One pass through a journal.
 *
 * @param entries how many there were
 * @param took by a clock on the wall
 * @param worked what a processor did for it, which on a busy machine is less
 */
record Pass(long entries, Duration took, Duration worked) {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /**
     * Measures.
     *
     * @param journey all in this thread; says how many entries it went past
     */
    static Pass of(LongSupplier journey) {
        long begun = System.nanoTime();
        long workedBefore = THREADS.getCurrentThreadCpuTime();
        long entries = journey.getAsLong();
        return new Pass(
                entries, Duration.ofNanos(System.nanoTime() - begun),
                Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - workedBefore));
    }

    double perSecond() {
        return rate(took);
    }

    /** What one core does if it does nothing else. */
    double perCoreSecond() {
        return rate(worked);
    }

    private double rate(Duration time) {
        return time.isPositive() ? entries * 1e9 / time.toNanos() : 0;
    }
}
