package dev.holdfast.node.service;

import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the pool of this node now and then, in a thread of its own, since a pool in trouble may keep whoever asks it
 * waiting: what it found last is at hand at any time, unless that is too long ago. Logs what has changed, once.
 */
final class PoolWatch implements AutoCloseable {

    /** A pool fills in minutes and a device fails once in years; four commands every ten seconds cost nothing. */
    static final Duration EVERY = Duration.ofSeconds(10);

    /** A command that has not ended after this hangs: it takes 0.05 s on a busy machine, and seconds while a pool is imported. */
    static final Duration ANSWERS_WITHIN = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(PoolWatch.class);

    /** @param at when it was found, on the clock that counts nanoseconds */
    private record Found(PoolHealth health, long at) {}

    private final String pool;
    private final Supplier<PoolHealth> look;
    private final Duration limit;
    private final LongSupplier nanos;
    private final Thread thread;
    private volatile Found newest;
    private List<Object> said = List.of();

    /** One that looks at nothing, for volumes that are kept in no pool. */
    static PoolWatch ofNothing() {
        return new PoolWatch(null, () -> null, EVERY, System::nanoTime);
    }

    /**
     * Begins to look, if there is a pool.
     *
     * @param pool its name; null for none
     * @param look at it, for as long as it takes
     * @param every between the end of a look and the next
     * @param nanos a clock that only goes forward
     */
    PoolWatch(String pool, Supplier<PoolHealth> look, Duration every, LongSupplier nanos) {
        this.pool = pool;
        this.look = look;
        this.limit = every.plus(ANSWERS_WITHIN);
        this.nanos = nanos;
        this.newest = new Found(null, nanos.getAsLong());
        this.thread = Thread.ofPlatform().daemon().name("pool-watch").unstarted(() -> watch(every));
        if (pool != null) {
            thread.start();
        }
    }

    /**
     * What was found last; null if volumes are kept in no pool, or it was not looked at yet. Unreadable if the present look
     * takes longer than one may.
     */
    PoolHealth newest() {
        Found found = newest;
        Duration age = Duration.ofNanos(nanos.getAsLong() - found.at());
        if (pool == null || age.compareTo(limit) <= 0) {
            return found.health();
        }
        return unreadable("ZFS has not answered for more than " + limit.toSeconds() + " s");
    }

    private PoolHealth unreadable(String reason) {
        PoolHealth before = newest.health();
        return new PoolHealth(
                pool, PoolState.UNREADABLE, 0, 0, 0, before == null ? null : before.scrubbedAt(), reason);
    }

    private void watch(Duration every) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                once();
                Thread.sleep(every);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        PoolHealth found;
        try {
            found = look.get();
        } catch (RuntimeException failed) {
            found = unreadable("the look at it failed: " + failed);
        }
        if (!Thread.currentThread().isInterrupted()) {
            newest = new Found(found, nanos.getAsLong());
            tell(found);
        }
    }

    /** Each change once; use and errors that only grow are no change. */
    private void tell(PoolHealth found) {
        boolean well = found.standing(null).takesGuests() && found.errors() == 0 && found.detail().isEmpty();
        List<Object> now = List.of(
                found.state(), found.standing(null), found.errors() > 0, found.detail().replaceAll("\\d+ errors", "errors"));
        if (now.equals(said)) {
            return;
        }
        said = now;
        if (well) {
            LOG.info("{}", sentence(found));
        } else {
            LOG.warn("{}", sentence(found));
        }
    }

    /** In one line. */
    static String sentence(PoolHealth health) {
        return "pool " + health.pool() + " is " + health.state()
                + (health.sizeBytes() == 0 ? "" : ", " + health.usedPercent() + " % used")
                + (health.errors() == 0 ? "" : ", " + health.errors() + " errors")
                + (health.detail().isEmpty() ? "" : ": " + health.detail());
    }

    /** Looks no more. A command that hangs is left behind. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
