package dev.holdfast.core.event;

/** What the decision maker decided. State changes by events alone; {@code ClusterState.apply} is the only way. */
public sealed interface Event permits ClusterEvent, NodeEvent, GuestEvent {

    /** What it is about: the key on {@code cluster.events}. */
    String entity();

    /** One line for people. */
    String summary();
}
