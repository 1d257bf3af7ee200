package dev.holdfast.simulator.conformance;

import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.simulator.scenario.Guests;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Services, rules and requested states in our words. */
final class Translation {

    private static final Duration REPLICATED = Duration.ofSeconds(5);

    private final Scenario scenario;

    Translation(Scenario scenario) {
        this.scenario = scenario;
    }

    /** A guest's name cannot hold a colon. */
    static String guest(String service) {
        return service.replace(':', '-').toLowerCase(Locale.ROOT);
    }

    /** Declared before it is sent to its node: one that is to be started is so only there. */
    GuestSpec spec(String id, Scenario.Service service) {
        RestartPolicy restart = new RestartPolicy(
                service.maxRestart(), Duration.ofMinutes(30), Duration.ofSeconds(1), Duration.ofSeconds(8),
                service.maxRelocate(), Duration.ofHours(2));
        RequestedState first =
                service.state() == RequestedState.STARTED ? RequestedState.STOPPED : service.state();
        return Guests.of(guest(id), restart, REPLICATED, null, nodes(id, service), first);
    }

    private NodeRules nodes(String id, Scenario.Service service) {
        return ruleOf(id)
                .map(rule -> new NodeRules(
                        rule.strict() ? List.copyOf(rule.nodes().keySet()) : List.of(), preferred(rule, service),
                        service.failback(), NodeRules.ANY.leaveUnfitPool()))
                .orElse(NodeRules.ANY);
    }

    Optional<Scenario.Rule> ruleOf(String id) {
        return scenario.rules().stream().filter(rule -> rule.services().contains(id) && saysSomething(rule)).findFirst();
    }

    /** A rule that names every node alike prefers none. */
    private boolean saysSomething(Scenario.Rule rule) {
        boolean all = rule.nodes().keySet().containsAll(scenario.nodes());
        return !all || rule.nodes().values().stream().distinct().count() > 1;
    }

    /** Those of one priority have no order among each other: then where it is comes first. */
    private static List<String> preferred(Scenario.Rule rule, Scenario.Service service) {
        return rule.nodes().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> !entry.getKey().equals(service.node()))
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
    }

    static OperatorCommand.Request request(String guest, RequestedState state) {
        return switch (state) {
            case STARTED -> new OperatorCommand.RequestStart(guest);
            case STOPPED -> new OperatorCommand.RequestStop(guest);
            case DISABLED -> new OperatorCommand.RequestDisable(guest);
            case IGNORED -> new OperatorCommand.RequestIgnore(guest);
        };
    }
}
