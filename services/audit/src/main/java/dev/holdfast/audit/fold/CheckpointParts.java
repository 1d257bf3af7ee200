package dev.holdfast.audit.fold;

import dev.holdfast.core.event.JournalEntry.JournalCheckpoint;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.journal.EntityCodec;
import dev.holdfast.encoding.journal.StateEntities;
import dev.holdfast.encoding.journal.StateHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the parts of checkpoints together, as they come. */
public final class CheckpointParts {

    /** What a part came to. */
    public sealed interface Outcome {

        /** More parts are to come, or the beginning of this checkpoint was not read. */
        record Incomplete() implements Outcome {}

        /** The whole state. */
        record Complete(ClusterState state) implements Outcome {}

        /** It is not what was written. */
        record Broken(String reason) implements Outcome {}
    }

    private static final Outcome.Incomplete INCOMPLETE = new Outcome.Incomplete();

    private final EntityCodec codec;
    private final Map<String, byte[]> values = new LinkedHashMap<>();
    private int next = 1;

    public CheckpointParts(EntityCodec codec) {
        this.codec = codec;
    }

    /** Takes the next part. */
    public Outcome take(JournalCheckpoint part) {
        if (part.part() == 1) {
            values.clear();
            next = 1;
        } else if (values.isEmpty()) {
            return INCOMPLETE;
        }
        if (part.part() != next || part.parts() < part.part()) {
            values.clear();
            return new Outcome.Broken("part " + part.part() + " of " + part.parts() + " stands where part " + next
                    + " should");
        }
        values.put(part.key(), part.value());
        next++;
        if (part.part() < part.parts()) {
            return INCOMPLETE;
        }
        Outcome outcome = outcome(part);
        values.clear();
        return outcome;
    }

    private Outcome outcome(JournalCheckpoint last) {
        String hash = StateHash.of(values);
        if (!hash.equals(last.stateHash())) {
            return new Outcome.Broken("the hash over its parts is " + hash + ", it says " + last.stateHash());
        }
        try {
            List<Record> entities = new ArrayList<>();
            values.forEach((key, value) -> entities.add(codec.decode(key, value)));
            return new Outcome.Complete(StateEntities.assemble(entities));
        } catch (IllegalStateException e) {
            return new Outcome.Broken(e.getMessage());
        }
    }
}
