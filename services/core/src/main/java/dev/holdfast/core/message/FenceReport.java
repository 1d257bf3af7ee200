package dev.holdfast.core.message;

import dev.holdfast.core.node.Incarnation;

/**
 * What a fence agent said, on {@code fence.reports} under the name of the node that was to be fenced.
 *
 * @param node the node that was to be powered off
 * @param incarnation the incarnation that the command named
 * @param confirmedOff true only if the agent read the power state back as off
 * @param by the node whose recovery ran the agent
 */
public record FenceReport(String node, Incarnation incarnation, boolean confirmedOff, String by, String detail)
        implements Message {

    @Override
    public String summary() {
        return "power of " + node + (confirmedOff ? " confirmed off by " : " not confirmed off by ") + by + ": " + detail;
    }
}
