package dev.holdfast.replication;

import dev.holdfast.core.node.Incarnation;

/** Whose volumes are replicated. */
public record Owner(String node, Incarnation incarnation) {}
