package dev.holdfast.replication.volume;

/**
 * Why a volume was not promoted or set aside. No data was touched, except that a live already set aside stays so.
 *
 * @param detail one sentence for people
 */
public record VolumeRefusal(Reason reason, String detail) {

    public enum Reason {
        /** The command is for another life of this node. */
        WRONG_INCARNATION,
        /** The epoch is not above the replica floor. */
        EPOCH_NOT_HIGHER,
        /** A receive of the guest could not be ended. */
        RECEIVE_ALIVE,
        /** A process of this machine uses the volume. */
        IN_USE,
        /** There is no complete snapshot here. */
        NO_REPLICA,
        /** The newest complete snapshot is older than the command allows. */
        TOO_OLD,
        NO_SPACE,
        /** The storage failed otherwise; the command can be tried again. */
        IO
    }
}
