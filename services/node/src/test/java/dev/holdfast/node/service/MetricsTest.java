package dev.holdfast.node.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.replication.CopyStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node tells a monitor of the copies of its guests. */
class MetricsTest {

    @Test
    void eachTargetHasItsOwnSeriesAndTheGuestTheBestOfThem() {
        String text = Metrics.of("a", List.of(
                new CopyStatus(
                        "db", "b", Optional.of(Duration.ofMillis(61_250)), 4096, Duration.ofMillis(12), 0, false),
                new CopyStatus("db", "c", Optional.of(Duration.ofMillis(1_500)), 10, Duration.ofMillis(3), 0, false)));

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
                new CopyStatus("db", "b", Optional.empty(), 0, Duration.ZERO, 7, true)));

        assertThat(text).contains(
                        "holdfast_replication_consecutive_failures{guest=\"db\",node=\"a\",target=\"b\"} 7\n",
                        "holdfast_replication_paused{guest=\"db\",node=\"a\",target=\"b\"} 1\n")
                .doesNotContain("lag_seconds{", "rpo_seconds{", "bytes{");
    }

    @Test
    void aNodeThatRunsNothingSaysWhatItWouldMeasure() {
        assertThat(Metrics.of("a", List.of()).lines()).isNotEmpty().allMatch(line -> line.startsWith("# "));
    }
}
