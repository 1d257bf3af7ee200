package dev.holdfast.simulator.scenario;

import dev.holdfast.core.event.Decision;
import dev.holdfast.simulator.invariant.Run;
import java.time.Duration;

/** What was seen of a scripted run. */
public sealed interface Happening {

    /** Virtual time since the beginning. */
    Duration at();

    /** The decision maker committed a decision. */
    record Decided(Duration at, Decision decision) implements Happening {}

    /** A guest's process physically began to run; whether anybody knows is another matter. */
    record Began(Duration at, Run run) implements Happening {}

    /** A guest's process is physically dead. */
    record Ended(Duration at, Run run) implements Happening {}
}
