package dev.holdfast.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tables made of measurements, as they stand in docs/benchmarks.md. */
final class Summary {

    private static final double MOST_MEGABYTES = 700;
    private static final double MOST_CPU_PERCENT = 10;

    private final List<Measured> lines;

    Summary(List<Measured> lines) {
        this.lines = List.copyOf(lines);
    }

    /** Markdown, line by line. */
    List<String> markdown() {
        List<String> out = new ArrayList<>();
        Map<Scenario, List<Measured>> runs = lines.stream().filter(line -> !line.isIdle())
                .collect(Collectors.groupingBy(Measured::scenario, LinkedHashMap::new, Collectors.toList()));
        if (!runs.isEmpty()) {
            phases(out, runs);
            safety(out, runs);
            targets(out, runs);
        }
        idle(out);
        if (out.isEmpty()) {
            out.add("Nothing is measured yet.");
        }
        return out;
    }

    private static void phases(List<String> out, Map<Scenario, List<Measured>> runs) {
        out.add("### Phases");
        out.add("");
        out.add("Seconds from the kill, median / max of the valid runs. *Proof from*: from when on the witnesses' proof of "
                + "the silence counts. *Kafka*: its own longest time without an acknowledgement.");
        out.add("");
        table(out, List.of("profile", "pulled", "how", "runs", "proof from", "suspected", "fenced", "promoted", "started",
                "answered", "after the fence", "outage", "Kafka"));
        runs.forEach((scenario, all) -> {
            List<Measured> valid = valid(all);
            row(out, List.of(scenario.profile(), scenario.pull(), scenario.how(), String.valueOf(valid.size()),
                    seconds(valid, "evidenceFromMs"), seconds(valid, "suspectedMs"), seconds(valid, "fencedMs"),
                    seconds(valid, "promotedMs"), seconds(valid, "startedMs"), seconds(valid, "answeredMs"),
                    series(valid, Summary::afterFence).inSeconds(), seconds(valid, "outageMs"),
                    seconds(valid, Measured.KAFKA_GAP_MS)));
        });
        out.add("");
    }

    private static void safety(List<String> out, Map<Scenario, List<Measured>> runs) {
        out.add("### Safety and loss");
        out.add("");
        out.add("The data-loss window is in seconds, the pause of the guest for a snapshot in milliseconds, both median / max.");
        out.add("");
        table(out, List.of("profile", "pulled", "how", "passed", "failed", "invalid", "double runs", "false fencings",
                "data-loss window", "snapshot pause", "rows acknowledged", "rows lost"));
        runs.forEach((scenario, all) -> row(out, List.of(
                scenario.profile(), scenario.pull(), scenario.how(),
                count(all, "pass"), count(all, "fail"), count(all, "invalid"),
                sum(all, "doubleRuns"), sum(all, "falseFencings"),
                seconds(valid(all), "dataLossWindowMs"), series(all, run -> run.number("snapshotPauseMs")).plain(),
                sum(all, "rowsAcknowledged"), sum(all, "rowsLost"))));
        out.add("");
        List<String> reasons = runs.values().stream().flatMap(List::stream)
                .filter(run -> run.text("reason") != null)
                .map(run -> "- " + run.scenario() + ", run " + run.text("run") + ": " + run.text("verdict") + ": "
                        + run.text("reason"))
                .toList();
        if (!reasons.isEmpty()) {
            out.addAll(reasons);
            out.add("");
        }
    }

    private static void targets(List<String> out, Map<Scenario, List<Measured>> runs) {
        out.add("### Targets");
        out.add("");
        runs.forEach((scenario, all) -> Target.of(scenario.profile()).ifPresent(target -> {
            List<Measured> valid = valid(all);
            out.add("- " + scenario + ": answered " + target.verdict(valid) + "; after the fence "
                    + series(valid, Summary::afterFence).max().stream()
                            .mapToObj(max -> Target.compare("max", max, Target.AFTER_FENCE_MS))
                            .findFirst().orElse("nothing measured"));
        }));
        out.add("");
    }

    private void idle(List<String> out) {
        List<Measured> idle = lines.stream().filter(Measured::isIdle).toList();
        if (idle.isEmpty()) {
            return;
        }
        out.add("### An idle node");
        out.add("");
        out.add("One guest on the cluster and no load. Memory is PSS of node, guard and supervisor, without the guest; CPU is "
                + "percent of one core. Targets: " + Math.round(MOST_MEGABYTES) + " MB and " + Math.round(MOST_CPU_PERCENT)
                + " %.");
        out.add("");
        table(out, List.of("profile", "node", "seconds", "memory MB", "of it node", "guard", "supervisor", "CPU %", "targets"));
        idle.forEach(line -> row(out, List.of(
                line.text("profile"), line.text(Measured.IDLE_NODE), line.text("seconds"), line.text("pssMb"),
                line.text("nodePssMb"), line.text("guardPssMb"), line.text("supervisorPssMb"), line.text("cpuPercent"),
                line.number("pssMb").orElse(0.0) <= MOST_MEGABYTES
                        && line.number("cpuPercent").orElse(0.0) <= MOST_CPU_PERCENT ? "met" : "**missed**")));
        out.add("");
    }

    static Optional<Double> afterFence(Measured run) {
        return run.number("answeredMs").flatMap(answered -> run.number("fencedMs").map(fenced -> answered - fenced));
    }

    private static List<Measured> valid(List<Measured> runs) {
        return runs.stream().filter(Measured::isValid).toList();
    }

    private static String seconds(List<Measured> runs, String field) {
        return series(runs, run -> run.number(field)).inSeconds();
    }

    private static Series series(List<Measured> runs, Function<Measured, Optional<Double>> value) {
        return new Series(runs.stream().flatMap(run -> value.apply(run).stream()).toList());
    }

    private static String count(List<Measured> runs, String verdict) {
        return String.valueOf(runs.stream().filter(run -> verdict.equals(run.text("verdict"))).count());
    }

    private static String sum(List<Measured> runs, String field) {
        return String.format(Locale.ROOT, "%.0f", runs.stream().flatMap(run -> run.number(field).stream())
                .mapToDouble(Double::doubleValue).sum());
    }

    private static void table(List<String> out, List<String> headers) {
        row(out, headers);
        row(out, headers.stream().map(header -> "---").toList());
    }

    private static void row(List<String> out, List<String> cells) {
        out.add(cells.stream().map(cell -> Objects.requireNonNullElse(cell, "–"))
                .collect(Collectors.joining(" | ", "| ", " |")));
    }
}
