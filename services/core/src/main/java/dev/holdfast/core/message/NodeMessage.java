package dev.holdfast.core.message;

import dev.holdfast.core.node.Incarnation;

/** A record of {@code node.heartbeats}, the protocol log L. */
public sealed interface NodeMessage extends Message permits Heartbeat, Lapsed {

    /** Name of the node that wrote it; also the record's key. */
    String node();

    Incarnation incarnation();
}
