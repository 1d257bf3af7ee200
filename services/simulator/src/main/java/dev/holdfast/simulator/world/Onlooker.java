package dev.holdfast.simulator.world;

import dev.holdfast.core.event.Decision;
import dev.holdfast.simulator.invariant.Run;

/** Told of a run's great moments as they come, by the world's time in nanoseconds. */
public interface Onlooker {

    Onlooker NOBODY = new Onlooker() {};

    /** A decision was committed. */
    default void decided(long nanos, Decision decision) {}

    /** A guest's process begins to run. */
    default void started(long nanos, Run run) {}

    /** A guest's process is dead. */
    default void ended(long nanos, Run run) {}
}
