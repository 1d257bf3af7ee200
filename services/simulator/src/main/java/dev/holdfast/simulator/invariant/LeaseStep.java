package dev.holdfast.simulator.invariant;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/** What happened to an incarnation's lease. Times are those of the machine's clock that goes on while it is suspended. */
public sealed interface LeaseStep {

    String node();

    Incarnation incarnation();

    /** A beat was put together: from this time on its acknowledgement is worth {@code lease}. */
    record Sent(String node, Incarnation incarnation, long at, Duration lease) implements LeaseStep {}

    /** The log's word that it took the beat of {@code sentAt}, worth {@code lease}, has arrived. */
    record Acknowledged(String node, Incarnation incarnation, long sentAt, long at, Duration lease) implements LeaseStep {}

    /** Something was done that only the holder of a lease may do. */
    record Used(String node, Incarnation incarnation, long at, String what) implements LeaseStep {}
}
