package dev.holdfast.cli.read;

import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.ClusterView;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.core.state.Progress;
import dev.holdfast.messaging.Received;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The present state of the cluster, as its decision maker last published it. */
public final class StateReader {

    private final ClusterAccess access;

    public StateReader(ClusterAccess access) {
        this.access = access;
    }

    /**
     * Reads {@code cluster.state} to its end.
     *
     * @return empty if nothing has been decided yet, as in the first seconds of a cluster
     */
    public Optional<PresentState> read() {
        Map<String, Record> entities = new HashMap<>();
        Instant[] newest = {Instant.EPOCH};
        try (TopicTail tail = access.tail(TopicCatalogue.CLUSTER_STATE).fromBeginning()) {
            tail.readToEnd(received -> {
                newest[0] = received.origin().recordedAt();
                fold(entities, received);
            });
        }
        return assemble(entities).map(state -> new PresentState(state, newest[0]));
    }

    /** Foreign records are somebody else's mistake and say nothing about the state. */
    private static void fold(Map<String, Record> entities, Received received) {
        switch (received) {
            case Received.Message message -> entities.put(message.key(), message.body());
            case Received.Removal removal -> entities.remove(removal.key());
            case Received.Undecodable undecodable -> { }
        }
    }

    static Optional<ClusterState> assemble(Map<String, Record> entities) {
        ClusterView view = null;
        Progress progress = new Progress(-1, 0, 0);
        Map<String, NodeState> nodes = new TreeMap<>();
        Map<String, GuestState> guests = new TreeMap<>();
        for (Record entity : entities.values()) {
            switch (entity) {
                case ClusterView found -> view = found;
                case Progress found -> progress = found;
                case NodeState node -> nodes.put(node.name(), node);
                case GuestState guest -> guests.put(guest.name(), guest);
                default -> throw new IllegalStateException("no entity of the state: " + entity.getClass());
            }
        }
        return view == null ? Optional.empty() : Optional.of(view.with(progress, nodes, guests));
    }
}
