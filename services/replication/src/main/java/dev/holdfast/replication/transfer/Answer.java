package dev.holdfast.replication.transfer;

import java.util.Optional;

/** What a target says. */
sealed interface Answer {

    /** @param base id of the snapshot to build on; empty for a full copy */
    record Accept(Optional<String> base) implements Answer {}

    record Refuse(Refusal refusal) implements Answer {}

    /** @param bytes taken so far */
    record Working(long bytes) implements Answer {}

    /** @param bytes of blocks written */
    record Stored(String snapshot, long bytes) implements Answer {}

    record Failed(String reason, String detail) implements Answer {}
}
