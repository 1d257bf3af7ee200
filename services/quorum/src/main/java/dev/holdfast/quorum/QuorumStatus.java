package dev.holdfast.quorum;

/**
 * How the quorum service of this node is doing. Not on any log: who decides is no fact of the cluster.
 *
 * @param active whether the decision maker's task is here and at work
 * @param changelogLag records by which the state kept here is behind; 0 for the active one, -1 if none is kept or known
 * @param detail for people; why, if it is STOPPED
 */
public record QuorumStatus(Phase phase, boolean active, long changelogLag, String detail) {

    /** What the service is doing. */
    public enum Phase {
        /** Not started, or closed. */
        CLOSED,
        /** Waits a little before it tries again. */
        WAITING,
        /** Joining, or restoring its state. */
        JOINING,
        /** Decides, or stands by. */
        RUNNING,
        /** Asked to leave the task to others. */
        PAUSED,
        /** The decision maker cannot get past a record; a person must look. */
        STOPPED
    }

    /** Whether the state kept here is so fresh that a takeover costs no restore. */
    public boolean isCaughtUp() {
        return changelogLag >= 0 && changelogLag <= 100;
    }
}
