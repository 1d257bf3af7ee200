package dev.holdfast.simulator.fault;

/**
 * One fault of a run.
 *
 * @param index its place in the plan, by which it can be left out
 * @param atNanos when
 * @param target which machine, counted from 0, if it is about one
 * @param seed of whatever else is left to chance about it
 */
public record Planned(int index, Fault fault, long atNanos, int target, long seed) {}
