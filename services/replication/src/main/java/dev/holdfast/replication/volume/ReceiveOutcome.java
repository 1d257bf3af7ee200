package dev.holdfast.replication.volume;

/** What became of a receive. A failed one leaves every complete snapshot as it was. */
public sealed interface ReceiveOutcome {

    /**
     * The snapshot is complete and durable here.
     *
     * @param bytes of blocks received; 0 if it was here already
     */
    record Stored(StoredSnapshot snapshot, long bytes) implements ReceiveOutcome {}

    /** @param detail one sentence for people */
    record Failed(Reason reason, String detail) implements ReceiveOutcome {}

    enum Reason {
        /** The stream ended or failed before it was complete. */
        CUT,
        /** The stream is not an increment for this guest, or its content is not what its manifest says. */
        INVALID,
        /** The base it builds on is not here. */
        NO_BASE,
        /** The base is here, but what lies on it was changed by somebody. It was put aside: the same base will do now. */
        CHANGED,
        /** Another receive of the guest is under way. */
        BUSY,
        NO_SPACE,
        /** Writing failed otherwise. */
        IO
    }
}
