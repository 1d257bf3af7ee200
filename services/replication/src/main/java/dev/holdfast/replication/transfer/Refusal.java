package dev.holdfast.replication.transfer;

/**
 * Why a target did not take a stream.
 *
 * @param detail one sentence for people
 */
public record Refusal(Reason reason, String detail) {

    public enum Reason {
        /** What came is no hello. */
        GARBAGE,
        /** It is meant for another node, or another life of this one. */
        WRONG_TARGET,
        /** The epoch is below the replica floor, or was promoted here: the source is no owner any more. */
        EPOCH_TOO_LOW,
        /** Too many connections, or the guest is being received already. */
        BUSY,
        /** The target's storage does not answer. */
        IO
    }
}
