package dev.holdfast.replication.volume;

import java.time.Duration;
import java.util.Optional;

/**
 * What a live volume holds beyond a snapshot.
 *
 * @param since when that snapshot was taken, on its owner's witness clock; empty if it is not here, and then everything
 *     counts as diverged
 * @param bytes of blocks in live that are not in the snapshot at the same place
 * @param same whether names and content are the same (timestamps and modes are not looked at)
 */
public record Divergence(Optional<Duration> since, long bytes, boolean same) {}
