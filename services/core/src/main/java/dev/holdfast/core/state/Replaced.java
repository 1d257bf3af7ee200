package dev.holdfast.core.state;

/**
 * The machine of a node was replaced by another one (rule R1).
 *
 * @param machine id of the machine that is the node from then on; any other one is refused for ever
 * @param boot its first boot counter: beats of smaller ones are of the machines before
 */
public record Replaced(String machine, long boot) {}
