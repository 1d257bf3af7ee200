package dev.holdfast.simulator.run;

import dev.holdfast.simulator.mutation.Mutation;
import dev.holdfast.simulator.mutation.Parts;
import dev.holdfast.simulator.world.Simulation;
import dev.holdfast.simulator.world.Story;
import java.util.Set;

/** Looks for a run that shows a mutation, among a bounded number of seeds. */
public final class MutationSearch {

    /** Many times what the slowest mutation needs. */
    public static final long MOST_SEEDS = 5_000;

    /**
     * What came of it.
     *
     * @param seeds how many runs it took
     * @param seed the one that showed it; -1 if none did
     * @param invariant what did not hold; null if none was violated
     * @param events of all runs together
     */
    public record Outcome(Mutation mutation, boolean caught, long seeds, long seed, String invariant, long events) {}

    private MutationSearch() {}

    /** @param nodes 3, 4 or 5 */
    public static Outcome run(Mutation mutation, long from, long most, int nodes) {
        long events = 0;
        for (long i = 0; i < most; i++) {
            Simulation.Order order =
                    new Simulation.Order(from + i, nodes, mutation.faults(), mutation.parts(), Set.of());
            Simulation.Result result = Simulation.run(order, Story.untold());
            events += result.events();
            if (result.violation() != null && isFineWithout(order)) {
                return new Outcome(mutation, true, i + 1, order.seed(), result.violation().invariant(), events);
            }
        }
        return new Outcome(mutation, false, most, -1, null, events);
    }

    /** A seed counts only if the product as it is comes through it. */
    private static boolean isFineWithout(Simulation.Order order) {
        Simulation.Order real =
                new Simulation.Order(order.seed(), order.nodes(), order.faults(), Parts.REAL, Set.of());
        return Simulation.run(real, Story.untold()).violation() == null;
    }
}
