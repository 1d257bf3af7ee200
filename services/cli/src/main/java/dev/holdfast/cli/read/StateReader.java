package dev.holdfast.cli.read;

import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.Received;
import dev.holdfast.encoding.StateKey;
import dev.holdfast.encoding.journal.JournalHead;
import dev.holdfast.encoding.journal.StateEntities;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
        Instant[] newest = {Instant.EPOCH};
        return assemble(entities(at -> newest[0] = at)).map(state -> new PresentState(state, newest[0]));
    }

    /** Where the journal stood when the state was last published; empty if nothing has been decided yet. */
    public Optional<JournalHead> journalHead() {
        return Optional.ofNullable((JournalHead) entities(at -> { }).get(StateKey.JOURNAL));
    }

    private Map<String, Record> entities(Consumer<Instant> recordedAt) {
        Map<String, Record> entities = new HashMap<>();
        try (TopicTail tail = access.tail(TopicCatalogue.CLUSTER_STATE).fromBeginning()) {
            tail.readToEnd(received -> {
                recordedAt.accept(received.origin().recordedAt());
                fold(entities, received);
            });
        }
        return entities;
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
        return entities.containsKey(StateKey.CLUSTER)
                ? Optional.of(StateEntities.assemble(entities.values()))
                : Optional.empty();
    }
}
