package dev.holdfast.simulator.scenario;

import java.time.Duration;
import java.util.List;

/**
 * A command of a scenario with what is expected to follow it, until the next one.
 *
 * @param line where it stands in the text, from 1
 * @param at since the beginning of the story
 * @param command as it is written
 * @param actions what is to be done for it
 * @param expected what follows on the simulator
 * @param real what must follow on real processes, in this order, and perhaps more than that
 */
public record Step(
        int line, Duration at, String command, List<Action> actions, List<Timed> expected, List<RealExpectation> real) {

    public Step {
        actions = List.copyOf(actions);
        expected = List.copyOf(expected);
        real = List.copyOf(real);
    }
}
