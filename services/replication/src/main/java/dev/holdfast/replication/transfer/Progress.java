package dev.holdfast.replication.transfer;

import java.time.Duration;

/**
 * How far a transfer is.
 *
 * @param bytes sent so far
 * @param took since the target said what it wants
 */
public record Progress(long bytes, Duration took) {

    private static final double NS_PER_S = 1e9;

    /** Mean since it began; 0 while no time has passed. */
    public long bytesPerSecond() {
        return took.isPositive() ? Math.round(bytes * NS_PER_S / took.toNanos()) : 0;
    }
}
