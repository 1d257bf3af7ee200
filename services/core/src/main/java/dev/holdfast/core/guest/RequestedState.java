package dev.holdfast.core.guest;

/** What the guest's owner wants; what is true is decided by the log. */
public enum RequestedState {
    /** The guest is to run on exactly one node. */
    STARTED,
    /** The guest is to run nowhere; its replicas stay. */
    STOPPED
}
