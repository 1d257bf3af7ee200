package dev.holdfast.heartbeat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again, at an interval that may change from one time to the next, in a thread of its own. */
final class Ticks {

    private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);

    private final ScheduledExecutorService timer;
    private final Supplier<Duration> interval;
    private final Runnable tick;
    private long due;

    Ticks(String name, Supplier<Duration> interval, Runnable tick) {
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        this.interval = interval;
        this.tick = tick;
    }

    void begin() {
        due = System.nanoTime();
        timer.execute(this::run);
    }

    private void run() {
        try {
            tick.run();
        } catch (RuntimeException failed) {
            // A failed tick must not end the ticking: that would be a silent lapse.
            LOG.warn("a tick of the heart failed, going on", failed);
        }
        // From when it was due, not from when it is done; what was missed is not made up for.
        long now = System.nanoTime();
        due = Math.max(due + interval.get().toNanos(), now);
        try {
            timer.schedule(this::run, due - now, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ended) {
            LOG.debug("no more ticks");
        }
    }

    /** No more ticks; the present one goes on to its end. */
    void end() {
        timer.shutdown();
    }

    void endNow() {
        timer.shutdownNow();
    }
}
