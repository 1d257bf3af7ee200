package dev.holdfast.simulator.world;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.Input;
import dev.holdfast.simulator.invariant.Run;
import java.util.List;

/** Told of a run's great moments as they come, by the world's time in nanoseconds. */
public interface Onlooker {

    Onlooker NOBODY = new Onlooker() {};

    /** A decision was committed. */
    default void decided(long nanos, Decision decision) {}

    /** The decision maker has committed what it made of these records, in this order. */
    default void committed(long nanos, List<Input> inputs) {}

    /** A guest's process begins to run. */
    default void started(long nanos, Run run) {}

    /** A guest's process is dead. */
    default void ended(long nanos, Run run) {}
}
