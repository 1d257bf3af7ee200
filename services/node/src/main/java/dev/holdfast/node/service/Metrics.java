package dev.holdfast.node.service;

import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import dev.holdfast.replication.CopyStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What a node measures, in the text format that Prometheus scrapes. Durations in seconds, sizes in bytes. */
final class Metrics {

    private static final String REPLICATION = "replication_";
    private static final String POOL = "pool_";

    private final StringBuilder text = new StringBuilder();

    private Metrics() {}

    /**
     * All of it. Only the node that runs a guest speaks of its copies: a series that ends has moved to another node.
     *
     * @param pool null if it has none
     * @param now this machine's wall clock
     */
    static String of(String node, List<CopyStatus> copies, PoolHealth pool, Instant now) {
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
        metrics.pool(node, pool, now);
        return metrics.text.toString();
    }

    private void recoveryPoints(String node, List<CopyStatus> copies) {
        Map<String, Duration> best = new TreeMap<>();
        copies.forEach(copy -> copy.age().ifPresent(
                age -> best.merge(copy.guest(), age, (one, other) -> one.compareTo(other) < 0 ? one : other)));
        head(REPLICATION + "rpo_seconds", "What a loss of this node now would cost: the lag of the freshest target.");
        best.forEach((guest, age) -> line(REPLICATION + "rpo_seconds", "guest=\"" + guest + "\",node=\"" + node + "\"", seconds(age)));
    }

    private void pool(String node, PoolHealth pool, Instant now) {
        if (pool == null) {
            return;
        }
        String labels = "node=\"" + node + "\",pool=\"" + pool.pool() + "\"";
        one(POOL + "size_bytes", "What the node's pool can hold.", labels, String.valueOf(pool.sizeBytes()));
        one(POOL + "used_bytes", "How much of that is taken.", labels, String.valueOf(pool.usedBytes()));
        one(POOL + "errors", "Errors of devices and data since they were cleared.", labels, String.valueOf(pool.errors()));
        head(POOL + "state", "1 for the state that the pool is in.");
        for (PoolState state : PoolState.values()) {
            line(POOL + "state", labels + ",state=\"" + state.name().toLowerCase(Locale.ROOT) + "\"",
                    state == pool.state() ? "1" : "0");
        }
        if (pool.scrubbedAt() != null) {
            one(POOL + "scrub_age_seconds", "Since the last complete scrub, on this machine's wall clock.", labels,
                    seconds(Duration.between(pool.scrubbedAt(), now)));
        }
    }

    private void one(String name, String help, String labels, String value) {
        head(name, help);
        line(name, labels, value);
    }

    private void perTarget(
            String node, List<CopyStatus> copies, String name, String help, Function<CopyStatus, String> value) {
        head(REPLICATION + name, help);
        copies.stream()
                .sorted(Comparator.comparing(CopyStatus::guest).thenComparing(CopyStatus::target))
                .filter(copy -> value.apply(copy) != null)
                .forEach(copy -> line(REPLICATION + name, "guest=\"" + copy.guest() + "\",node=\"" + node + "\",target=\""
                        + copy.target() + "\"", value.apply(copy)));
    }

    private void head(String name, String help) {
        text.append("# HELP holdfast_").append(name).append(' ').append(help).append('\n')
                .append("# TYPE holdfast_").append(name).append(" gauge\n");
    }

    /** Names of guests, nodes and pools hold no quotes and no backslashes: nothing to escape. */
    private void line(String name, String labels, String value) {
        text.append("holdfast_").append(name).append('{').append(labels).append("} ").append(value)
                .append('\n');
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }
}
