package dev.holdfast.replication.transfer;

import dev.holdfast.replication.volume.StoredSnapshot;
import java.time.Duration;
import java.util.Optional;

/** What became of sending a snapshot to one target. */
public sealed interface SendOutcome {

    /**
     * The target holds it, durably.
     *
     * @param snapshot the one that was asked for, or an older one whose transfer had been cut and was resumed
     * @param base id of the snapshot the target built on; empty if everything was sent
     * @param bytes sent
     */
    record Stored(StoredSnapshot snapshot, Optional<String> base, long bytes, Duration took) implements SendOutcome {}

    /** The target did not want it. After EPOCH_TOO_LOW this node is no owner any more. */
    record Refused(Refusal refusal) implements SendOutcome {}

    /** @param detail one sentence for people */
    record Failed(Reason reason, String detail) implements SendOutcome {}

    enum Reason {
        /** The snapshot is not here, or cannot be read. */
        NOTHING_TO_SEND,
        UNREACHABLE,
        /** Nothing moved for the stall limit. */
        STALLED,
        /** The connection ended early. */
        CUT,
        /** The target could not store it; the detail begins with its reason. */
        NOT_STORED
    }
}
