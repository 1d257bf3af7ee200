package dev.holdfast.node.service;

import dev.holdfast.replication.CopyStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What a node measures, in the text format that Prometheus scrapes. Durations in seconds, sizes in bytes. */
final class Metrics {

    private final StringBuilder text = new StringBuilder();

    private Metrics() {}

    /** Only the node that runs a guest speaks of its copies: a series that ends has moved to another node. */
    static String of(String node, List<CopyStatus> copies) {
        Metrics metrics = new Metrics();
        metrics.perTarget(node, copies, "lag_seconds", "Age of the newest copy at the target, on the owner's clock.",
                copy -> copy.age().map(Metrics::seconds).orElse(null));
        metrics.perTarget(node, copies, "last_transfer_bytes", "Bytes sent by the last transfer that arrived.",
                copy -> copy.age().isPresent() ? String.valueOf(copy.bytes()) : null);
        metrics.perTarget(node, copies, "last_transfer_seconds", "Time taken by the last transfer that arrived.",
                copy -> copy.age().isPresent() ? seconds(copy.took()) : null);
        metrics.perTarget(node, copies, "consecutive_failures", "Failed transfers since the last that arrived.",
                copy -> String.valueOf(copy.failures()));
        metrics.perTarget(node, copies, "paused", "1 if a person paused the guest's replication.",
                copy -> copy.paused() ? "1" : "0");
        metrics.recoveryPoints(node, copies);
        return metrics.text.toString();
    }

    private void recoveryPoints(String node, List<CopyStatus> copies) {
        Map<String, Duration> best = new TreeMap<>();
        copies.forEach(copy -> copy.age().ifPresent(
                age -> best.merge(copy.guest(), age, (one, other) -> one.compareTo(other) < 0 ? one : other)));
        head("rpo_seconds", "What a loss of this node now would cost: the lag of the freshest target.");
        best.forEach((guest, age) -> line("rpo_seconds", "guest=\"" + guest + "\",node=\"" + node + "\"", seconds(age)));
    }

    private void perTarget(
            String node, List<CopyStatus> copies, String name, String help, Function<CopyStatus, String> value) {
        head(name, help);
        copies.stream()
                .sorted(Comparator.comparing(CopyStatus::guest).thenComparing(CopyStatus::target))
                .filter(copy -> value.apply(copy) != null)
                .forEach(copy -> line(name, "guest=\"" + copy.guest() + "\",node=\"" + node + "\",target=\""
                        + copy.target() + "\"", value.apply(copy)));
    }

    private void head(String name, String help) {
        text.append("# HELP holdfast_replication_").append(name).append(' ').append(help).append('\n')
                .append("# TYPE holdfast_replication_").append(name).append(" gauge\n");
    }

    /** Names of guests and nodes are letters, digits and hyphens: nothing to escape. */
    private void line(String name, String labels, String value) {
        text.append("holdfast_replication_").append(name).append('{').append(labels).append("} ").append(value)
                .append('\n');
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }
}
