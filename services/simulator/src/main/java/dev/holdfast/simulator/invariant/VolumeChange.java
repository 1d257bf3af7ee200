package dev.holdfast.simulator.invariant;

import dev.holdfast.core.message.Snapshot;

/** What happened to a guest's volume on one node. */
public sealed interface VolumeChange {

    String guest();

    String node();

    /** A stream of another node was let in. */
    record Receiving(String guest, String node, long sourceEpoch) implements VolumeChange {}

    /**
     * A snapshot of another node was stored.
     *
     * @param sourceEpoch the epoch its owner sent it under
     */
    record Received(String guest, String node, Snapshot snapshot, long sourceEpoch) implements VolumeChange {}

    /**
     * A snapshot became the live volume.
     *
     * @param minimum what the order promised at least
     * @param inUse a process of the guest runs there
     */
    record Promoted(String guest, String node, long epoch, Snapshot snapshot, Snapshot minimum, boolean inUse)
            implements VolumeChange {}

    /**
     * The live volume was moved out of the way.
     *
     * @param inUse a process of the guest runs there
     */
    record SetAside(String guest, String node, long epoch, boolean inUse) implements VolumeChange {}

    /**
     * A process begins to use the live volume.
     *
     * @param holdsNewest whether it holds everything that the guest ever wrote anywhere
     */
    record Opened(String guest, String node, long epoch, boolean holdsNewest, String detail) implements VolumeChange {}
}
