package dev.holdfast.replication.volume;

import dev.holdfast.core.message.Snapshot;
import java.util.OptionalInt;

/**
 * A complete snapshot on this node.
 *
 * @param snapshot its identity, the same on every node that holds it
 * @param bytes about what a full copy would send (not what it takes on disk here); only the kind of storage knows how it counts
 * @param files number of regular files; empty if the storage does not count them
 */
public record StoredSnapshot(Snapshot snapshot, long bytes, OptionalInt files) implements Comparable<StoredSnapshot> {

    public String id() {
        return snapshot.id();
    }

    /** Oldest first: by epoch, then sequence. */
    @Override
    public int compareTo(StoredSnapshot other) {
        int byEpoch = Long.compare(snapshot.epoch(), other.snapshot.epoch());
        if (byEpoch != 0) {
            return byEpoch;
        }
        int bySequence = Long.compare(snapshot.sequence(), other.snapshot.sequence());
        return bySequence != 0 ? bySequence : id().compareTo(other.id());
    }
}
