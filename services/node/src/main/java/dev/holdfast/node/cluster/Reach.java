package dev.holdfast.node.cluster;

/**
 * Where the nodes of a cluster are, and so how they reach each other: all on one host, where relays stand for the cables
 * between them, or each on a machine of its own, directly.
 */
public sealed interface Reach permits Net, Addresses {
}
