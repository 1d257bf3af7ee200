package dev.holdfast.core.state;

/**
 * A guest is to leave the live node it runs on, without loss; one that is stopped goes there when it is started.
 *
 * @param to the node asked for; null lets placement choose
 */
public record Move(Purpose purpose, String to) {

    /** Why. */
    public enum Purpose {
        SWITCHOVER,
        RELOCATION,
        DRAIN,
        FAILBACK,
        /** The pool of the node it is on is full or faulted. */
        EVACUATION
    }
}
