package dev.holdfast.cli.conformance;

import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.node.ShutdownPolicy;
import dev.holdfast.simulator.conformance.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One scenario's document, as facts of ours. */
final class ScenarioFile {

    private static final int DEFAULT_TRIES = 1;

    private final Document document;

    ScenarioFile(Document document) {
        this.document = document;
    }

    /** @throws dev.holdfast.cli.Failure naming the field that is missing or wrong */
    Scenario scenario() {
        Document expected = document.section("expected");
        List<String> nodes = document.list("nodes").stream().map(node -> node.text("name")).toList();
        return new Scenario(
                document.text("name"), document.text("group"), document.text("portability"),
                Duration.ofSeconds(document.section("clock").number("end_at")), nodes, services(), rules(), policy(),
                manager(expected), steps(), foreign(), expected(expected));
    }

    private Map<String, Scenario.Service> services() {
        Map<String, Scenario.Service> services = new LinkedHashMap<>();
        document.section("services").sections().forEach((id, service) -> services.put(id, service(service)));
        return services;
    }

    private static Scenario.Service service(Document service) {
        Document fault = service.section("fault");
        return new Scenario.Service(
                service.text("node"), RequestedState.valueOf(service.text("state").toUpperCase(Locale.ROOT)),
                service.number("max_restart", DEFAULT_TRIES), service.number("max_relocate", DEFAULT_TRIES),
                service.flag("failback", true), fault.number("start_attempts_that_fail", 0),
                fault.textOrNull("only_on_node"), fault.number("migrate_attempts_that_fail", 0),
                fault.flag("stop_always_fails", false));
    }

    private List<Scenario.Rule> rules() {
        return document.list("rules").stream()
                .filter(rule -> rule.text("type").equals("node-affinity"))
                .map(ScenarioFile::rule)
                .toList();
    }

    private static Scenario.Rule rule(Document rule) {
        Map<String, Integer> nodes = new LinkedHashMap<>();
        Document priorities = rule.section("nodes");
        priorities.names().forEach(node -> nodes.put(node, priorities.number(node)));
        return new Scenario.Rule(rule.texts("resources"), nodes, rule.flag("strict", false));
    }

    private ShutdownPolicy policy() {
        String policy = document.section("datacenter").section("ha").textOrNull("shutdown_policy");
        return policy == null ? ShutdownPolicy.CONDITIONAL : ShutdownPolicy.valueOf(policy.toUpperCase(Locale.ROOT));
    }

    /** Where the manager is first. */
    private static String manager(Document expected) {
        List<List<Object>> masters = expected.rows("masters");
        return masters.isEmpty() ? null : masters.getFirst().get(1).toString();
    }

    private List<Scenario.Step> steps() {
        return document.list("timeline").stream()
                .map(step -> new Scenario.Step(
                        Duration.ofSeconds(step.number("at")), step.text("verb"), step.section("args").values()))
                .toList();
    }

    /** What the scenario is about besides, and this manager does not know. */
    private List<String> foreign() {
        List<String> foreign = new ArrayList<>();
        if (document.has("initial_manager")) {
            foreign.add("it begins in a state that no log has led to");
        }
        if (document.list("rules").stream().anyMatch(rule -> !rule.text("type").equals("node-affinity"))) {
            foreign.add("there are no rules about guests that belong together or apart");
        }
        if (document.section("datacenter").has("crs") || document.has("static_stats") || document.has("dynamic_stats")) {
            foreign.add("guests are not placed by figures of their load");
        }
        if (!document.list("legacy_groups").isEmpty()) {
            foreign.add("there are no groups of nodes");
        }
        return foreign;
    }

    private static Scenario.Expected expected(Document expected) {
        Map<String, Duration> fenced = new LinkedHashMap<>();
        expected.rows("fenced").forEach(row ->
                fenced.put(row.get(1).toString(), Duration.ofSeconds(((Number) row.get(0)).longValue())));
        return new Scenario.Expected(
                fenced, expected.texts("never_fenced"), texts(expected, "final_placement"),
                texts(expected, "final_state"), flags(expected.section("final_managed")),
                texts(expected, "placement_decided_by"));
    }

    private static Map<String, String> texts(Document from, String field) {
        Map<String, String> texts = new HashMap<>();
        Document section = from.section(field);
        section.names().forEach(name -> texts.put(name, section.textOrNull(name)));
        return texts;
    }

    private static Map<String, Boolean> flags(Document section) {
        Map<String, Boolean> flags = new HashMap<>();
        section.names().forEach(name -> flags.put(name, section.flag(name, false)));
        return flags;
    }
}
