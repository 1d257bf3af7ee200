package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.local.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** docker-compose.yml as it lies at the top, by the commands that the README names. */
@NeedsDocker
class ComposeIT {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> NODES = List.of("a", "b", "c");
    private static final String GUEST = "files";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How a command ended, and what it wrote. */
    private record Said(int code, String text) {}

    @Test
    void itStartsAClusterWhoseGuestComesBackWhenItsMachineIsKilled() throws Exception {
        assertThat(compose("up", "-d", "--build").code()).isZero();
        NODES.forEach(node -> await(node + " is healthy", () -> health(node).equals("healthy")));
        assertThat(cli("guest", "add", "infra/examples/web-server.yaml").code()).isZero();
        await("the guest answers", () -> runner() != null);
        await("it is copied", () -> replicas() == NODES.size() - 1);
        String owner = runner();

        assertThat(run("docker", "kill", "holdfast-" + owner).code()).isZero();

        await("the guest answers elsewhere", () -> answersElsewhere(owner));
        assertThat(run("docker", "start", "holdfast-" + owner).code()).isZero();
        await(owner + " is healthy again", () -> health(owner).equals("healthy"));
        assertThat(cli("replay").text()).contains("0 mismatches");
        assertThat(cli("audit").code()).isZero();
        assertThat(run("docker", "inspect", "-f", "{{.HostConfig.ReadonlyRootfs}}", "holdfast-" + owner).text().strip())
                .isEqualTo("true");
    }

    @AfterEach
    void nothingIsLeft() {
        compose("down", "-v", "--remove-orphans");
    }

    private String health(String node) {
        return run("docker", "inspect", "-f", "{{.State.Health.Status}}", "holdfast-" + node).text().strip();
    }

    /** The node on which the guest answers; null if there is none, or nobody says. */
    private String runner() {
        JsonNode guest = guest();
        return guest != null && guest.path("answering").asBoolean() ? guest.path("node").asText(null) : null;
    }

    private boolean answersElsewhere(String than) {
        String runner = runner();
        return runner != null && !runner.equals(than);
    }

    private int replicas() {
        JsonNode guest = guest();
        return guest == null ? 0 : guest.path("replicas").size();
    }

    private JsonNode guest() {
        return cli("guest", "list", "-o", "json").text().lines()
                .filter(line -> line.startsWith("{"))
                .map(ComposeIT::object)
                .filter(guest -> guest.path("guest").asText().equals(GUEST))
                .findFirst()
                .orElse(null);
    }

    private static JsonNode object(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException foreign) {
            throw new AssertionError(line, foreign);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        assertThat(Waiting.until(condition, PATIENCE, Duration.ofSeconds(1))).as(what).isTrue();
    }

    private static Said cli(String... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--rm", "--no-deps", "-T", "cli"));
        all.addAll(Arrays.asList(arguments));
        return compose(all.toArray(String[]::new));
    }

    private static Said compose(String... arguments) {
        List<String> all = new ArrayList<>(List.of("docker-compose"));
        all.addAll(Arrays.asList(arguments));
        return run(all.toArray(String[]::new));
    }

    private static Said run(String... command) {
        try {
            Path said = Files.createTempFile("said", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(TOP.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().putIfAbsent("HOLDFAST_BASE", NeedsDocker.Condition.base());
            builder.environment().put("HOLDFAST_PROFILE", "fast");
            Process process = builder.start();
            boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            String text = Files.readString(said);
            Files.delete(said);
            System.out.println(String.join(" ", command) + " -> " + (ended ? process.exitValue() : "no end") + "\n" + text);
            return new Said(ended ? process.exitValue() : -1, text);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
