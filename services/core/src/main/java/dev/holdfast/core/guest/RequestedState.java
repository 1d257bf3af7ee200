package dev.holdfast.core.guest;

/** What the guest's owner wants; what is true is decided by the log. */
public enum RequestedState {
    /** The guest is to run on exactly one node. */
    STARTED,
    /** The guest is to run nowhere; its replicas stay. An error stays one until it is cleared. */
    STOPPED,
    /** As stopped, and whatever it was in is given up: an error is cleared, a stop that failed is tried again. */
    DISABLED,
    /** Nothing is decided about the guest: it is neither started, stopped, moved nor recovered. What may run it counts on. */
    IGNORED
}
