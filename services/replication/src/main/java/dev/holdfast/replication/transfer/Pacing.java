package dev.holdfast.replication.transfer;

import dev.holdfast.replication.transport.Bandwidth;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * Holds one transfer to the node's limit, without its target taking it for dead: however low the limit, something is on
 * the wire at least every quarter of the stall limit.
 */
final class Pacing {

    private final Bandwidth bandwidth;
    private final long quietNs;
    private long flushed = System.nanoTime();

    /** What there is to do while nothing may be sent. */
    @FunctionalInterface
    interface Sign {
        void give() throws IOException;
    }

    Pacing(Bandwidth bandwidth, Duration stallLimit) {
        this.bandwidth = bandwidth;
        this.quietNs = stallLimit.dividedBy(4).toNanos();
    }

    /** Returns when that many bytes may be sent. @param stillHere given each time the wait grows long; it flushes */
    void await(int bytes, Sign stillHere) throws IOException {
        long until = System.nanoTime() + bandwidth.take(bytes).toNanos();
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            sleep(Math.min(left, quietNs));
            if (isFlushDue()) {
                stillHere.give();
            }
        }
    }

    /** Whether it is time to send what is buffered; if so, it counts as sent now. */
    boolean isFlushDue() {
        long now = System.nanoTime();
        boolean due = now - flushed >= quietNs;
        if (due) {
            flushed = now;
        }
        return due;
    }

    private static void sleep(long nanos) throws InterruptedIOException {
        try {
            Thread.sleep(Duration.ofNanos(nanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
