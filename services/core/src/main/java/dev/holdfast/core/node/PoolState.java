package dev.holdfast.core.node;

/** What a node last learned of its pool's devices, from the best to the worst. */
public enum PoolState {
    /** Every device answers. */
    ONLINE,
    /** Redundancy is lost, data is not: a device is missing, offline or broken. */
    DEGRADED,
    /** The pool's commands failed or did not answer in time: nothing is known. */
    UNREADABLE,
    /** Data is lost or cannot be reached: too many devices are gone, or the pool takes no more reads or writes. */
    FAULTED
}
