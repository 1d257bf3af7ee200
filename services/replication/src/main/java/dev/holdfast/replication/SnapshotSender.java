package dev.holdfast.replication;

import dev.holdfast.core.message.Snapshot;

/** Brings another node up to a snapshot of this one. */
public interface SnapshotSender {

    /** How it went. */
    sealed interface Sent {

        /** The target holds the snapshot, durably; it reports so itself. */
        record Arrived(long bytes) implements Sent {}

        /** It does not; whatever it held complete before, it still holds. */
        record Failed(String reason) implements Sent {}
    }

    /** Returns when the target has answered or cannot be reached; never throws for what the network does. */
    Sent send(String guest, Snapshot snapshot, String target);
}
