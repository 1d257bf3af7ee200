package dev.holdfast.replication.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Cuts a connection on which nothing moves. A blocked write has no timeout of its own, and a dead link may look like a
 * slow one for a quarter of an hour.
 */
final class StallWatch implements AutoCloseable {

    private final Closeable connection;
    private final Thread thread;
    private volatile Duration limit;
    private volatile long moved = System.nanoTime();
    private volatile boolean waiting = true;
    private volatile boolean stalled;

    /** @param limit at least 4 ms */
    StallWatch(Closeable connection, Duration limit) {
        this.connection = connection;
        this.limit = limit;
        this.thread = Thread.ofVirtual().name("stall-watch").start(this::watch);
    }

    /** Something moved. */
    void moved() {
        moved = System.nanoTime();
    }

    /** Another limit from now on. @param limit at least 4 ms */
    void limit(Duration limit) {
        moved();
        this.limit = limit;
        // It sleeps by the old one.
        LockSupport.unpark(thread);
    }

    /** Whether this side waits for the other. While it does not, a still connection is nobody's fault. */
    void waiting(boolean forOther) {
        moved();
        waiting = forOther;
    }

    /** Whether it was this watch that cut the connection. */
    boolean hasStalled() {
        return stalled;
    }

    private void watch() {
        try {
            while (!waiting || System.nanoTime() - moved < limit.toNanos()) {
                LockSupport.parkNanos(limit.dividedBy(4).toNanos());
                if (Thread.interrupted()) {
                    return;
                }
            }
            stalled = true;
            connection.close();
        } catch (IOException e) {
            // It is closed as far as it can be.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
