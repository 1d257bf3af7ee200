package dev.holdfast.quorum.topology;

import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.ClusterView;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.core.state.Progress;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The state in its store, entity by entity, so that a beat does not write everything again. */
final class EntityStore {

    private final KeyValueStore<String, byte[]> store;
    private final EntityCodec codec;

    EntityStore(KeyValueStore<String, byte[]> store, EntityCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    /**
     * The whole state; empty if nothing was ever stored.
     *
     * @throws IllegalStateException if an entity cannot be read
     */
    ClusterState load() {
        ClusterView cluster = ClusterView.of(ClusterState.EMPTY);
        Progress progress = Progress.of(ClusterState.EMPTY);
        Map<String, NodeState> nodes = new HashMap<>();
        Map<String, GuestState> guests = new HashMap<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                switch (codec.decode(entry.key, entry.value)) {
                    case ClusterView found -> cluster = found;
                    case Progress found -> progress = found;
                    case NodeState found -> nodes.put(found.name(), found);
                    case GuestState found -> guests.put(found.name(), found);
                    case Record other -> throw new IllegalStateException("no entity of the state: " + other);
                }
            }
        }
        return cluster.with(progress, nodes, guests);
    }

    /** Writes what changed. */
    void save(ClusterState before, ClusterState after) {
        Entities.changed(before, after).forEach((key, entity) -> {
            if (entity == null) {
                store.delete(key);
            } else {
                store.put(key, codec.encode(entity));
            }
        });
    }
}
