package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.simulator.scenario.Scenario;
import dev.holdfast.simulator.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories that are told by the simulator in every build, told by real processes: the same files. */
class ScenarioIT {

    private static final Path SCENARIOS = Path.of("..", "scenarios");

    @ParameterizedTest
    @ValueSource(strings = {"owner-pulled", "two-of-three-lost", "guest-crashes", "cut-and-healed"})
    void whatAScenarioExpectsOfRealProcessesHappensToThem(String name) throws Exception {
        Scenario scenario = read(name);
        assertThat(scenario.isAlsoReal()).as("says what must happen on real processes").isTrue();
        GuestSpec guest = RealStage.guestOf(scenario);
        try (TestCluster cluster =
                TestCluster.withDatabase(name, guest.replication().interval(), guest.restart())) {
            RealStage stage = RealStage.set(cluster, scenario);
            stage.play();
            cluster.awaitAnswering();
            cluster.awaitLive("a", "b", "c");
            cluster.awaitReplicated();
            stage.proveSafety();
        }
    }

    private static Scenario read(String name) throws IOException {
        Path file = SCENARIOS.resolve(name + ".txt");
        return ScenarioReader.read(file.toString(), Files.readAllLines(file));
    }
}
