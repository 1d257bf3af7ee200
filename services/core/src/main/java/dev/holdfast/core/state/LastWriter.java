package dev.holdfast.core.state;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/**
 * The last node on which the guest really started: its live volume is the newest copy.
 *
 * @param lastSentAt the node's clock at the last beat of that incarnation; null while that incarnation may act
 * @param confirmed false while it is only known that the guest was to be started there for the first time
 */
public record LastWriter(String node, Incarnation incarnation, long epoch, Duration lastSentAt, boolean confirmed) {

    LastWriter endedAt(Duration sentAt) {
        return new LastWriter(node, incarnation, epoch, sentAt, confirmed);
    }
}
