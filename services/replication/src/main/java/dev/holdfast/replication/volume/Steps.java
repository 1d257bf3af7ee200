package dev.holdfast.replication.volume;

import java.io.IOException;

/**
 * Told of every step that a power cut or a full disk could come between. Production passes {@link #NONE}; a test ends
 * the process or fails the step here, with no switch in the code it tests.
 */
@FunctionalInterface
public interface Steps {

    Steps NONE = step -> {};

    /** @throws IOException to fail as the file system would at this point */
    void reached(Step step) throws IOException;

    enum Step {
        /** The guest stands still. */
        GUEST_PAUSED,
        /** The guest runs again and what changed is known. */
        GUEST_RESUMED,
        /** A receive has emptied its working directory. */
        RECEIVE_STARTED,
        /** A receive knows and accepts what it is about to receive. */
        MANIFEST_READ,
        /** One part of a file was written (repeats). */
        PART_WRITTEN,
        /** All parts are there, not yet durable. */
        TREE_WRITTEN,
        /** All parts are durable, the manifest is not written. */
        TREE_SYNCED,
        /** Complete and durable, under its working name. */
        MANIFEST_SYNCED,
        /** Complete under its own name. */
        SNAPSHOT_RENAMED,
        /** A promotion filed the replica floor. */
        FLOOR_FILED,
        /** No receive of the guest is alive. */
        RECEIVES_DEAD,
        /** The replica to promote is known. */
        REPLICA_CHOSEN,
        /** The superseded live is out of the way. */
        LIVE_ASIDE,
        /** A live that a snapshot holds byte for byte is out of sight, not yet deleted. */
        LIVE_DROPPED,
        /** The new live is complete and durable under its working name. */
        CLONE_SYNCED,
        /** It is known which promotion made the clone. */
        ORIGIN_FILED,
        /** The new live, under its working name, owns the snapshots it grew out of. */
        HISTORY_TAKEN_OVER,
        /** The new live is in place. */
        LIVE_RENAMED
    }
}
