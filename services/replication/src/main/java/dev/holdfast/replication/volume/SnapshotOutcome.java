package dev.holdfast.replication.volume;

import java.time.Duration;
import java.util.OptionalLong;

/** What became of a snapshot. A dropped one leaves every earlier snapshot as it was. */
public sealed interface SnapshotOutcome {

    /** How long the guest stood still; zero if it was never paused. */
    Duration pause();

    /**
     * @param changedBytes bytes of blocks that are in no earlier snapshot on this node (about what an increment sends);
     *     empty if the storage does not count them
     */
    record Taken(StoredSnapshot snapshot, Duration pause, OptionalLong changedBytes) implements SnapshotOutcome {}

    /** @param detail one sentence for people */
    record Dropped(Reason reason, Duration pause, String detail) implements SnapshotOutcome {}

    enum Reason {
        /** It would have taken longer than maxPause; the guest was let go at once. */
        PAUSE_TOO_LONG,
        /** The guest was let go before the copy was complete, by the guard's own limit. */
        PAUSE_BROKEN,
        /** The guest could not be made to stand still. */
        CANNOT_PAUSE,
        /** There is a snapshot of this or a higher epoch and sequence already. */
        NOT_NEWER,
        /** There is no live volume. */
        NO_VOLUME,
        /** A name or a file of the volume cannot be kept. */
        UNSUITABLE,
        NO_SPACE,
        /** Reading or writing failed otherwise. */
        IO
    }
}
