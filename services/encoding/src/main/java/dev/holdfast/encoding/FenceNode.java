package dev.holdfast.encoding;

import dev.holdfast.core.message.Message;
import dev.holdfast.core.node.Incarnation;

/**
 * An order to power a node off, on {@code fence.commands} under the node's name; answered by a {@code FenceReport}
 * that names the same incarnation.
 *
 * @param node the node to power off
 * @param incarnation the incarnation that is suspected; a newer one must not be powered off for it
 * @param reason why, for people
 */
public record FenceNode(String node, Incarnation incarnation, String reason) implements Message {

    @Override
    public String summary() {
        return "power off " + node + "/" + incarnation + ": " + reason;
    }
}
