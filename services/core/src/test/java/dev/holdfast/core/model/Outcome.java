package dev.holdfast.core.model;

import java.util.List;
import java.util.Map;

/**
 * What exploring a model came to.
 *
 * @param states different states found
 * @param steps steps taken between them
 * @param depth steps of the longest of the shortest ways to a state
 * @param taken how often each kind of step was taken
 * @param violation null if none was found, and then there is none within the model's bounds
 * @param trace a shortest way to the violation, one line a step
 */
public record Outcome(
        long states, long steps, int depth, Map<String, Long> taken, String violation, List<String> trace) {

    public boolean holds() {
        return violation == null;
    }

    @Override
    public String toString() {
        String counts = states + " states, " + steps + " steps, depth " + depth;
        return holds()
                ? "holds in " + counts + ", taken " + taken
                : violation + " (after " + counts + ")\n  " + String.join("\n  ", trace);
    }
}
