package dev.holdfast.replication.transfer;

import dev.holdfast.core.node.Incarnation;
import java.util.List;

/**
 * What an owner says first.
 *
 * @param epoch the epoch the source owns the guest under
 * @param source node that sends
 * @param target node that is meant, so that a wrong address or relay shows at once
 * @param targetIncarnation the life of the target the source knows of
 * @param snapshot id of what is to be sent
 * @param bases ids of snapshots the source could build an increment on, at most {@value #MAX_BASES}
 */
public record Hello(
        String guest,
        long epoch,
        String source,
        Incarnation sourceIncarnation,
        String target,
        Incarnation targetIncarnation,
        String snapshot,
        List<String> bases) {

    public static final int MAX_BASES = 1000;

    public Hello {
        bases = List.copyOf(bases);
        if (bases.size() > MAX_BASES) {
            throw new IllegalArgumentException(bases.size() + " bases, allowed are " + MAX_BASES);
        }
    }
}
