package dev.holdfast.replication.transfer;

import dev.holdfast.replication.volume.Resumable;
import java.util.Optional;

/** What a target says. */
sealed interface Answer {

    /**
     * @param base id of the snapshot to build on; empty for a full copy
     * @param rest what a cut receive left here, if the source would rather send the rest of that
     */
    record Accept(Optional<String> base, Optional<Resumable> rest) implements Answer {}

    record Refuse(Refusal refusal) implements Answer {}

    /** @param bytes taken so far */
    record Working(long bytes) implements Answer {}

    /** @param bytes of blocks written */
    record Stored(String snapshot, long bytes) implements Answer {}

    record Failed(String reason, String detail) implements Answer {}
}
