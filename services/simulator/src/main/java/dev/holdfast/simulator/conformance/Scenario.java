package dev.holdfast.simulator.conformance;

import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.node.ShutdownPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One scenario, in its own words where ours do not matter.
 *
 * @param portability who has to pass it: any-manager, or needs-same-feature
 * @param end when it is judged
 * @param services by id
 * @param policy what becomes of the guests of a node that is shut down
 * @param manager the node that it takes for the decision maker's; null if it does not matter
 * @param foreign facts that the scenario needs and that are none of the above: a word for each
 */
public record Scenario(
        String name, String group, String portability, Duration end, List<String> nodes, Map<String, Service> services,
        List<Rule> rules, ShutdownPolicy policy, String manager, List<Step> timeline, List<String> foreign,
        Expected expected) {

    public Scenario {
        nodes = List.copyOf(nodes);
        rules = List.copyOf(rules);
        timeline = List.copyOf(timeline);
        foreign = List.copyOf(foreign);
    }

    /**
     * A guest.
     *
     * @param node where it is at first
     * @param failback whether it goes back to a node that a rule prefers
     * @param failingStarts how many of its starts fail
     * @param failOnlyOn the node on which they fail; null for all
     * @param failingMoves how many of its moves fail
     * @param unstoppable whether every stop fails
     */
    public record Service(
            String node, RequestedState state, int maxRestart, int maxRelocate, boolean failback, int failingStarts,
            String failOnlyOn, int failingMoves, boolean unstoppable) {}

    /**
     * Where guests are to run.
     *
     * @param nodes the greater the number, the more it is preferred
     * @param strict whether they may run nowhere else
     */
    public record Rule(List<String> services, Map<String, Integer> nodes, boolean strict) {}

    /** Something that is done at a time. */
    public record Step(Duration at, String verb, Map<String, Object> args) {

        String text(String arg) {
            Object value = args.get(arg);
            if (value == null) {
                throw new IllegalArgumentException(verb + " at " + at.toSeconds() + " s: " + arg + " must be given");
            }
            return value.toString();
        }

        boolean flag(String arg) {
            return Boolean.parseBoolean(text(arg));
        }
    }

    /**
     * What must have come of it.
     *
     * @param fenced nodes that counted as dead, and the latest time of it
     * @param placement per service the node that it runs on; null for none
     * @param state per service started, stopped or error; null if nothing is wanted of it
     * @param managed per service whether it is still the manager's
     * @param decidedBy per service what put it there: unmoved, operator or manager
     */
    public record Expected(
            Map<String, Duration> fenced, List<String> neverFenced, Map<String, String> placement,
            Map<String, String> state, Map<String, Boolean> managed, Map<String, String> decidedBy) {}
}
