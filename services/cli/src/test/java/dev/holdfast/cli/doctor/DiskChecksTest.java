package dev.holdfast.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.node.cluster.NodeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskChecksTest {

    private static final Duration BEAT = Duration.ofMillis(500);

    @ParameterizedTest
    @CsvSource({
        "1, 30, OK", "50, 500, OK", "51, 60, WARN", "1, 501, WARN", "501, 600, FAIL"
    })
    void aDiskMustKeepUpWithBeats(long medianMillis, long longestMillis, Verdict verdict) {
        List<Duration> sorted = List.of(
                Duration.ZERO, Duration.ofMillis(medianMillis), Duration.ofMillis(longestMillis));

        assertThat(DiskChecks.judged("a", sorted, BEAT).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"100, 200, OK", "10, 200, WARN", "1, 3, WARN", "5, 200, FAIL", "0, 1, FAIL"})
    void aDiskNeedsRoomInShareAndInBytes(long freeGib, long totalGib, Verdict verdict) {
        Check check = DiskChecks.judged("disk", "a", "the log", freeGib << 30, totalGib << 30);

        assertThat(check.verdict()).isEqualTo(verdict);
    }

    @Test
    void whatWasWrittenToMeasureIsGoneAfterwards(@TempDir Path root) throws IOException {
        NodeFolder node = new NodeFolder(root);
        Files.createDirectories(node.kafka());
        Files.createDirectories(node.volumes());

        assertThat(DiskChecks.of("a", node, BEAT)).extracting(Check::name).containsExactly("fsync", "disk");
        try (Stream<Path> left = Files.list(node.kafka())) {
            assertThat(left).isEmpty();
        }
    }
}
