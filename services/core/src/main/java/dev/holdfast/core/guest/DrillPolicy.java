package dev.holdfast.core.guest;

/** What may be rehearsed with a guest, by its owner's word. */
public enum DrillPolicy {
    /** Nothing. */
    FORBIDDEN,
    /** An orderly move to another node and back: short outages, no loss. */
    SWITCHOVER,
    /** Also the loss of the node it runs on: an outage as in earnest, and the data since the newest copy is lost. */
    PULL
}
