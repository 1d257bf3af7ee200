package dev.holdfast.node.service;

import dev.holdfast.core.node.PoolHealth;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the pool of this node now and then, in a thread of its own, since a pool in trouble may keep whoever asks it
 * waiting: what it found last is at hand at any time. Logs what has changed, once.
 */
final class PoolWatch implements AutoCloseable {

    /** A pool fills in minutes and a device fails once in years; three commands every ten seconds cost nothing. */
    static final Duration EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(PoolWatch.class);

    private final Supplier<PoolHealth> look;
    private final Thread thread;
    private volatile PoolHealth newest;

    /**
     * Begins to look.
     *
     * @param look at the pool, for as long as it takes; empty if volumes are kept in no pool
     */
    PoolWatch(Optional<Supplier<PoolHealth>> look, Duration every) {
        this.look = look.orElse(null);
        this.thread = Thread.ofVirtual().name("pool-watch").unstarted(() -> watch(every));
        if (look.isPresent()) {
            thread.start();
        }
    }

    /** What was found last; null if volumes are kept in no pool, or it was not looked at yet. */
    PoolHealth newest() {
        return newest;
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
        try {
            PoolHealth found = look.get();
            tell(newest, found);
            newest = found;
        } catch (RuntimeException e) {
            LOG.warn("looking at the pool failed, and is tried again: {}", e.toString());
        }
    }

    private static void tell(PoolHealth before, PoolHealth found) {
        boolean news = before == null
                || before.state() != found.state()
                || before.errors() != found.errors()
                || !Objects.equals(before.detail(), found.detail())
                || before.standing(null) != found.standing(null);
        if (news && found.standing(null).takesGuests() && found.errors() == 0 && found.detail().isEmpty()) {
            LOG.info("{}", sentence(found));
        } else if (news) {
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

    @Override
    public void close() {
        thread.interrupt();
    }
}
