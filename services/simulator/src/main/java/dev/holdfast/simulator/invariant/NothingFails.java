package dev.holdfast.simulator.invariant;

/** Nothing that the cluster meets is more than its own code can take. */
public final class NothingFails extends Invariant {

    @Override
    public String sentence() {
        return "every event can be applied to the state it was decided in, and no part of the product fails";
    }

    /** What ended the run instead of an answer. */
    public static Violation violatedBy(RuntimeException failed) {
        StackTraceElement[] trace = failed.getStackTrace();
        return new Violation("NothingFails", failed + (trace.length == 0 ? "" : " at " + trace[0]));
    }
}
