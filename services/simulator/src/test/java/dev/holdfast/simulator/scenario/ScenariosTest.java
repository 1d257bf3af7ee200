package dev.holdfast.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cluster behaves as Holdfast's own scenarios say, to a tenth of a second. */
class ScenariosTest {

    private static final Path FOLDER = Path.of("..", "..", "scenarios");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.filter(path -> path.toString().endsWith(".txt")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void itHappensAsTheScenarioSays(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Performance performance = Performance.of(ScenarioReader.read(file.toString(), lines));

        assertThat(performance.problem()).isNull();
        assertThat(String.join("\n", lines))
                .as("if what happens is right, write it down: ./holdfast scenario run %s --update", file.getFileName())
                .isEqualTo(String.join("\n", ScenarioWriter.rewritten(lines, performance)));
        assertThat(performance.isAsExpected()).isTrue();
    }

    @Test
    void thereAreStoriesAboutEverythingThatAnOperatorFears() throws IOException {
        assertThat(files()).extracting(path -> path.getFileName().toString()).contains(
                "owner-pulled.txt", "bystander-pulled.txt", "worst-pulled.txt", "frozen-and-thawed.txt",
                "cut-and-healed.txt", "two-of-three-lost.txt", "cold-start.txt", "guest-crashes.txt", "switchover.txt",
                "node-stopped.txt", "replication-behind.txt", "loss-accepted.txt", "log-stalled.txt",
                "guard-killed.txt");
    }
}
