package dev.holdfast.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.mutation.Mutation;
import dev.holdfast.simulator.world.Simulation;
import dev.holdfast.simulator.world.Story;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FindingTest {

    @Test
    void onlyTheFaultsThatAViolationNeedsAreLeft() {
        Shrinking shrinking = new Shrinking(
                100, 20, leftOut -> !leftOut.contains(3) && !leftOut.contains(17));

        Set<Integer> left = new TreeSet<>();
        for (int index = 0; index < 20; index++) {
            left.add(index);
        }
        left.removeAll(shrinking.fewest());

        assertThat(left).containsExactly(3, 17);
    }

    @Test
    void aViolationThatNeedsNoFaultAtAllLeavesNone() {
        assertThat(new Shrinking(100, 7, leftOut -> true).fewest()).hasSize(7);
    }

    @Test
    void itStopsWhenItsRunsAreUsedUp() {
        int[] runs = new int[1];
        new Shrinking(5, 30, leftOut -> {
            runs[0]++;
            return false;
        }).fewest();

        assertThat(runs[0]).isEqualTo(5);
    }

    @Test
    void aFindingIsAStoryThatEndsWithWhatDoesNotHold() {
        Simulation.Order order = new Simulation.Order(
                1, 3, Fault.assumed(), Mutation.NO_WATCHDOG_TERM.parts(), Set.of());
        Simulation.Result result = Simulation.run(order, Story.untold());
        for (long seed = 2; result.violation() == null; seed++) {
            order = new Simulation.Order(seed, 3, Fault.assumed(), order.parts(), Set.of());
            result = Simulation.run(order, Story.untold());
        }

        Finding finding = Finding.of(order, result);

        assertThat(finding.invariant()).isEqualTo(result.violation().invariant());
        assertThat(finding.faults()).hasSizeLessThanOrEqualTo(finding.planned());
        assertThat(finding.timeline().getLast()).contains("VIOLATION " + finding.invariant());
    }
}
