package dev.holdfast.core.guard;

/** Why the guard did not do what it was asked. The wire carries the ordinal: append only. */
public enum Refusal {
    /** Nothing is armed: arm first. */
    NOT_ARMED,
    /** Something is armed already: disarm it, or let it lapse, first. */
    ALREADY_ARMED,
    /** The watchdog expired or the node lapsed; only a newer incarnation can arm again. */
    EXPIRED,
    /** The request names another incarnation than the armed one. */
    OTHER_INCARNATION,
    /** The incarnation is not newer than one that was armed on this machine before. */
    NOT_NEWER,
    /** Not more than WD is left of the lease, so feeding could keep guests beyond its end. */
    LEASE_TOO_SHORT,
    /** Recovery has not checked in for 3 WD. */
    RECOVERY_SILENT,
    /** Processes of guests are alive, or not yet proven dead. */
    GUESTS_ALIVE,
    /** A process of this guest is running, starting or not yet proven dead. */
    ALREADY_RUNNING,
    /** The guard runs no such guest. */
    NO_SUCH_GUEST,
    /** The guest runs under another epoch. */
    OTHER_EPOCH,
    /** The guest is being stopped, ended meanwhile, or is otherwise not in a state for this. */
    NOT_RUNNING,
    /** The operating system could not start the command. */
    LAUNCH_FAILED,
    /** A value is out of its range; the detail names it. */
    INVALID,
    /** Only the connection that armed may do this. */
    NOT_THE_ARMING_CONNECTION,
    /** The processes did not come to a stand in time; they have been thawed. */
    TOOK_TOO_LONG,
    /** The guard is ending. */
    GUARD_ENDING,
    /** Said by the client: the connection is gone, it is unknown whether the request took effect. */
    CONNECTION_LOST,
    /** Said by the client: no answer in time, it is unknown whether the request took or will take effect. */
    NO_ANSWER
}
