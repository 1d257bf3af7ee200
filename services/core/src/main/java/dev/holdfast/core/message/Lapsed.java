package dev.holdfast.core.message;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/**
 * The last record of an incarnation: it gave its lease up or lost it, and starts nothing any more. No discharge: that
 * is a newer incarnation's first beat, which waits for the verified death of all guests.
 *
 * @param at the node's witness clock when it lapsed
 * @param detail what happened, for people
 */
public record Lapsed(String node, Incarnation incarnation, Reason reason, Duration at, String detail)
        implements NodeMessage {

    /** Why an incarnation ended. */
    public enum Reason {
        /** No acknowledgement came in time. */
        LEASE_EXPIRED,
        /** The guard was not fed in time. */
        GUARD_EXPIRED,
        /** The guard died. */
        GUARD_LOST,
        /** The machine was suspended, or its clocks disagreed. */
        SUSPENDED,
        /** An orderly stop of the node, after its guests were drained or stopped. */
        STOPPED
    }

    @Override
    public String summary() {
        return node + "/" + incarnation + " lapsed: " + detail;
    }
}
