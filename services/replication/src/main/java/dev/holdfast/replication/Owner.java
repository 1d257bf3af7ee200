package dev.holdfast.replication;

import dev.holdfast.core.node.Incarnation;
import java.util.List;

/**
 * Whose volumes are replicated.
 *
 * @param peers the other nodes: every guest's targets
 */
public record Owner(String node, Incarnation incarnation, List<String> peers) {

    public Owner {
        peers = List.copyOf(peers);
    }
}
