package dev.holdfast.cli.command;

import dev.holdfast.cli.Failure;
import dev.holdfast.core.guest.DurationText;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.recovery.spec.GuestSpecReading;
import dev.holdfast.recovery.spec.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A guest's specification as the file that would describe it: what {@code guest show} prints and {@code guest set} edits. */
final class SpecText {

    private SpecText() {}

    /**
     * What was read.
     *
     * @throws Failure with every problem on a line of its own
     */
    static GuestSpec accepted(GuestSpecReading reading) {
        return switch (reading) {
            case GuestSpecReading.Accepted accepted -> accepted.spec();
            case GuestSpecReading.Refused refused -> throw Failure.badInput("the specification is refused:\n  "
                    + refused.problems().stream().map(Problem::toString).collect(Collectors.joining("\n  ")));
        };
    }

    /** The fields as they are written in a file, in the order of the commented example. */
    static Map<String, Object> fields(GuestSpec spec) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", spec.name());
        fields.put("command", spec.command());
        fields.put("environment", new LinkedHashMap<>(spec.environment()));
        fields.put("volume", lower(spec.volume()));
        if (spec.address() != null) {
            fields.put("address", spec.address());
        }
        fields.put("port", spec.port());
        fields.put("probe", probe(spec.probe()));
        fields.put("restart", restart(spec.restart()));
        fields.put("replication", replication(spec.replication()));
        fields.put("maxDataLoss", spec.maxDataLoss() == null ? "none" : text(spec.maxDataLoss()));
        fields.put("requestedState", lower(spec.requestedState()));
        Map<String, Object> nodes = new LinkedHashMap<>();
        nodes.put("allowed", spec.nodes().allowed());
        nodes.put("preferred", spec.nodes().preferred());
        nodes.put("failback", spec.nodes().failback());
        nodes.put("leaveUnfitPool", spec.nodes().leaveUnfitPool());
        fields.put("nodes", nodes);
        fields.put("stopGrace", text(spec.stopGrace()));
        fields.put("drill", lower(spec.drill()));
        return fields;
    }

    private static Map<String, Object> probe(ProbeSpec probe) {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (probe) {
            case ProbeSpec.Tcp tcp -> fields.put("kind", "tcp");
            case ProbeSpec.Http http -> {
                fields.put("kind", "http");
                fields.put("path", http.path());
                fields.put("leastStatus", http.leastStatus());
                fields.put("mostStatus", http.mostStatus());
            }
            case ProbeSpec.Sql sql -> {
                fields.put("kind", "sql");
                fields.put("url", sql.url());
                putIfGiven(fields, "user", sql.user());
                putIfGiven(fields, "password", sql.password());
                fields.put("query", sql.query());
            }
        }
        fields.put("interval", text(probe.timing().interval()));
        fields.put("timeout", text(probe.timing().timeout()));
        fields.put("failuresBeforeDown", probe.timing().failuresBeforeDown());
        fields.put("startWithin", text(probe.timing().startWithin()));
        return fields;
    }

    private static Map<String, Object> restart(RestartPolicy policy) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("maxRestarts", policy.maxRestarts());
        fields.put("window", text(policy.window()));
        fields.put("backOff", text(policy.backOff()));
        fields.put("maxBackOff", text(policy.maxBackOff()));
        fields.put("maxRelocations", policy.maxRelocations());
        fields.put("relocationWindow", text(policy.relocationWindow()));
        return fields;
    }

    private static Map<String, Object> replication(ReplicationPolicy policy) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("interval", text(policy.interval()));
        fields.put("maxPause", text(policy.maxPause()));
        fields.put("keep", policy.keep());
        fields.put("keepTargets", policy.keepTargets());
        fields.put("keepDivergent", policy.keepDivergent() == null ? "none" : text(policy.keepDivergent()));
        if (policy.hook() != null) {
            fields.put("freeze", policy.hook().freeze());
            fields.put("thaw", policy.hook().thaw());
            fields.put("hookTimeout", text(policy.hook().timeout()));
            fields.put("onHookFailure", lower(policy.hook().onFailure()));
        }
        return fields;
    }

    private static void putIfGiven(Map<String, Object> fields, String name, String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static String text(Duration duration) {
        return DurationText.of(duration).replace(" ", "");
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
