package dev.holdfast.simulator.conformance;

import dev.holdfast.core.node.ShutdownPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a scenario asks for that this manager does not have. */
final class Support {

    private static final Set<String> VERBS = Set.of(
            "add_service", "delay", "delete_service", "maintenance_on", "migrate", "network_off", "network_on",
            "power_off", "power_on", "reboot", "relocate", "set_requested_state", "shutdown", "stop", "store_fault");

    private static final Map<String, String> MISSING = Map.of(
            "arm", "it cannot be disarmed: leases and guards are never released while guests run",
            "disarm", "it cannot be disarmed: leases and guards are never released while guests run",
            "lock_service", "guests have no locks of others",
            "maintenance_off", "a guest that left for maintenance does not go back by itself",
            "manager_daemon_stop", "the decision maker has no service of its own to stop",
            "move_outside_ha", "nobody but the cluster moves a guest");

    private Support() {}

    /** Why it is not judged; empty if all it needs is there. */
    static Optional<String> missing(Scenario scenario) {
        if (!scenario.foreign().isEmpty()) {
            return Optional.of(String.join("; ", scenario.foreign()));
        }
        for (Scenario.Step step : scenario.timeline()) {
            if (!VERBS.contains(step.verb())) {
                return Optional.of(MISSING.getOrDefault(step.verb(), "nothing here is like " + step.verb()));
            }
            if (step.verb().equals("add_service") && step.flag("already_running")) {
                return Optional.of("no process is taken over that the cluster did not start");
            }
            if (step.verb().equals("reboot") && scenario.policy() == ShutdownPolicy.MIGRATE) {
                return Optional.of("a guest that left for a reboot does not go back by itself");
            }
        }
        return scenario.services().values().stream().anyMatch(service -> service.failingMoves() > 0)
                ? Optional.of("a guest has no part in its move that could fail")
                : Optional.empty();
    }
}
