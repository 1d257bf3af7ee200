package dev.holdfast.core.guard;

/** Why the guard took the guests away from an incarnation. The wire carries the ordinal: append only. */
public enum Lapse {
    /** Nobody fed the guard for WD. */
    NOT_FED,
    /** The connection that armed was closed: the node's process ended, or gave up. */
    CONNECTION_CLOSED,
    /** The services said so themselves. */
    GIVEN_UP,
    /** The guard was told to end. */
    GUARD_ENDING
}
