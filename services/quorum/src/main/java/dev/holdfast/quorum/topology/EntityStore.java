package dev.holdfast.quorum.topology;

import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.StateKey;
import dev.holdfast.encoding.journal.EntityCodec;
import dev.holdfast.encoding.journal.JournalHead;
import dev.holdfast.encoding.journal.StateEntities;
import java.util.ArrayList;
import java.util.List;
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

    /** What is in it. */
    record Stored(ClusterState state, JournalHead head) {}

    /**
     * The whole state, and where the journal stands; empty if nothing was ever stored.
     *
     * @throws IllegalStateException if an entity cannot be read
     */
    Stored load() {
        List<Record> entities = new ArrayList<>();
        JournalHead head = JournalHead.NONE;
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                Record entity = codec.decode(entry.key, entry.value);
                if (entity instanceof JournalHead found) {
                    head = found;
                } else {
                    entities.add(entity);
                }
            }
        }
        return new Stored(StateEntities.assemble(entities), head);
    }

    /** Writes what changed. */
    void save(ClusterState before, ClusterState after, JournalHead head) {
        store.put(StateKey.JOURNAL, codec.encode(head));
        StateEntities.changed(before, after).forEach((key, entity) -> {
            if (entity == null) {
                store.delete(key);
            } else {
                store.put(key, codec.encode(entity));
            }
        });
    }
}
