package dev.holdfast.cli.local;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a power pull did.
 *
 * @param nodes names of the nodes that lost their power
 * @param at wall clock right before the first signal, for people
 * @param bootNanos CLOCK_BOOTTIME right before the first signal: what phases are measured from
 * @param took from the first signal to the last
 * @param killed every process that was killed; empty if none was alive
 */
public record Pulled(List<String> nodes, Instant at, long bootNanos, Duration took, List<NodeProcess> killed) {

    public Pulled {
        nodes = List.copyOf(nodes);
        killed = List.copyOf(killed);
    }
}
