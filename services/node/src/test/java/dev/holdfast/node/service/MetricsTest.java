package dev.holdfast.node.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.replication.CopyStatus;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node tells a monitor of the copies of its guests. */
class MetricsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void eachTargetHasItsOwnSeriesAndTheGuestTheBestOfThem() {
        String text = Metrics.of("a", List.of(
                new CopyStatus(
                        "db", "b", Optional.of(Duration.ofMillis(61_250)), 4096, Duration.ofMillis(12), 0, false),
                new CopyStatus("db", "c", Optional.of(Duration.ofMillis(1_500)), 10, Duration.ofMillis(3), 0, false)), null, NOW);

        assertThat(text.lines()).contains(
                "# TYPE holdfast_replication_lag_seconds gauge",
                "holdfast_replication_lag_seconds{guest=\"db\",node=\"a\",target=\"b\"} 61.250",
                "holdfast_replication_last_transfer_bytes{guest=\"db\",node=\"a\",target=\"b\"} 4096",
                "holdfast_replication_last_transfer_seconds{guest=\"db\",node=\"a\",target=\"c\"} 0.003",
                "holdfast_replication_paused{guest=\"db\",node=\"a\",target=\"c\"} 0",
                "holdfast_replication_rpo_seconds{guest=\"db\",node=\"a\"} 1.500");
    }

    @Test
    void aTargetThatWasNeverReachedHasFailuresAndNoLag() {
        String text = Metrics.of("a", List.of(
                new CopyStatus("db", "b", Optional.empty(), 0, Duration.ZERO, 7, true)), null, NOW);

        assertThat(text).contains(
                        "holdfast_replication_consecutive_failures{guest=\"db\",node=\"a\",target=\"b\"} 7\n",
                        "holdfast_replication_paused{guest=\"db\",node=\"a\",target=\"b\"} 1\n")
                .doesNotContain("lag_seconds{", "rpo_seconds{", "bytes{");
    }

    @Test
    void aNodeThatRunsNothingSaysWhatItWouldMeasure() {
        assertThat(Metrics.of("a", List.of(), null, NOW).lines()).isNotEmpty().allMatch(line -> line.startsWith("# "));
    }

    @Test
    void aPoolHasItsOwnSeries() {
        PoolHealth pool = new PoolHealth(
                "tank", PoolState.DEGRADED, 1_000, 250, 3, NOW.minusSeconds(3_600), "/dev/sdb is OFFLINE");

        assertThat(Metrics.of("a", List.of(), pool, NOW).lines()).contains(
                "# TYPE holdfast_pool_used_bytes gauge",
                "holdfast_pool_size_bytes{node=\"a\",pool=\"tank\"} 1000",
                "holdfast_pool_used_bytes{node=\"a\",pool=\"tank\"} 250",
                "holdfast_pool_errors{node=\"a\",pool=\"tank\"} 3",
                "holdfast_pool_state{node=\"a\",pool=\"tank\",state=\"degraded\"} 1",
                "holdfast_pool_state{node=\"a\",pool=\"tank\",state=\"online\"} 0",
                "holdfast_pool_scrub_age_seconds{node=\"a\",pool=\"tank\"} 3600.000");
    }
}
