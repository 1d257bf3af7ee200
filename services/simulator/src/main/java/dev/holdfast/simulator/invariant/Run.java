package dev.holdfast.simulator.invariant;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Runner;

/** A guest's process as it physically runs, whatever anybody knows of it. */
public record Run(String guest, String node, Incarnation incarnation, long epoch) {

    public Runner runner() {
        return new Runner(node, incarnation, epoch);
    }

    @Override
    public String toString() {
        return guest + " on " + node + "/" + incarnation + " epoch " + epoch;
    }
}
