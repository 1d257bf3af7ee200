package dev.holdfast.replication.volume;

import java.time.Duration;
import java.util.Optional;

/**
 * A superseded live volume that is kept, as plain files in {@code aside/<name>/}.
 *
 * @param name of the directory
 * @param bytes sum of the sizes of its files
 * @param since when it went its own way, on the witness clock of the owner of the last common snapshot; empty if there
 *     was none here
 * @param divergentBytes of blocks that are in no copy elsewhere as far as this node knows
 */
public record Aside(String name, long bytes, Optional<Duration> since, long divergentBytes) {}
