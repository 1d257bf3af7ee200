package dev.holdfast.core.event;

/**
 * An event with its cause.
 *
 * @param sequence 1, 2, 3 … over all decisions of the cluster, without a gap
 */
public record Decision(long sequence, Cause cause, Event event) {}
