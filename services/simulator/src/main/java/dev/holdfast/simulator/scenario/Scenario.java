package dev.holdfast.simulator.scenario;

import java.time.Duration;
import java.util.List;

/**
 * A story about a cluster, as an operator would tell it: what is there, what is done, and what happens then.
 *
 * @param name of its file, without the ending
 * @param why a sentence or two about what it shows
 * @param guests in the order in which they are declared
 * @param dark whether it begins with all nodes off and no guest declared; otherwise all of it runs and is replicated
 * @param expectsAnything whether it says what follows, be it that nothing does
 * @param end when the story ends
 */
public record Scenario(
        String name, String title, String why, Setting setting, List<CastGuest> guests, boolean dark,
        List<Step> steps, boolean expectsAnything, Duration end) {

    /** Stands below a command that nothing follows. */
    static final String NOTHING = "nothing happens";

    public Scenario {
        guests = List.copyOf(guests);
        steps = List.copyOf(steps);
    }

    /** Whether it is also for real processes. */
    public boolean isAlsoReal() {
        return steps.stream().anyMatch(step -> !step.real().isEmpty());
    }
}
