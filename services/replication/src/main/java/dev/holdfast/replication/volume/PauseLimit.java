package dev.holdfast.replication.volume;

import java.time.Duration;

/** How long a pause may still last. Every loop that runs while the guest stands still asks it at each turn. */
public final class PauseLimit {

    private final long start = System.nanoTime();
    private final Duration limit;

    private PauseLimit(Duration limit) {
        this.limit = limit;
    }

    /** Starts to count now. */
    static PauseLimit startingNow(Duration limit) {
        return new PauseLimit(limit);
    }

    /** For work beside a running guest. */
    static PauseLimit none() {
        return new PauseLimit(Duration.ofDays(365));
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    public Duration remaining() {
        return limit.minus(elapsed());
    }

    /** @throws PauseTooLong if the limit is reached */
    public void check() throws PauseTooLong {
        if (elapsed().compareTo(limit) >= 0) {
            throw new PauseTooLong(limit);
        }
    }
}
