package dev.holdfast.simulator.run;

import dev.holdfast.simulator.fault.Planned;
import dev.holdfast.simulator.world.Simulation;
import dev.holdfast.simulator.world.Story;
import java.util.List;
import java.util.Set;

/**
 * A violation as a person wants to read it: with as few faults as it still happens with.
 *
 * @param planned how many faults the run had
 * @param faults those that it needs
 * @param timeline what happened, oldest first
 */
public record Finding(
        long seed, String invariant, String what, int planned, List<Planned> faults, List<String> timeline) {

    /** A run takes some hundredths of a second; a person waits some seconds. */
    private static final int MOST_RUNS = 200;

    public Finding {
        faults = List.copyOf(faults);
        timeline = List.copyOf(timeline);
    }

    /** Runs it again and again with ever fewer faults, as long as the same invariant does not hold. */
    public static Finding of(Simulation.Order order, Simulation.Result first) {
        String invariant = first.violation().invariant();
        Set<Integer> leftOut = new Shrinking(MOST_RUNS, first.plan().size(), without -> {
            Simulation.Result result = Simulation.run(order.without(without), Story.untold());
            return result.violation() != null && result.violation().invariant().equals(invariant);
        }).fewest();
        Story story = Story.kept();
        Simulation.Result shortest = Simulation.run(order.without(leftOut), story);
        List<Planned> needed =
                first.plan().stream().filter(planned -> !leftOut.contains(planned.index())).toList();
        return new Finding(
                order.seed(), invariant, shortest.violation().getMessage(), first.plan().size(), needed,
                story.lines());
    }

    /** Names of the faults it needs. */
    public List<String> faultIds() {
        return faults.stream().map(planned -> planned.fault().id()).toList();
    }
}
