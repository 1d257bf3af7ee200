package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.command.Holdfast;
import dev.holdfast.node.cluster.Addresses;
import dev.holdfast.node.cluster.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docker-compose.yml without Docker: that its parts fit each other, the image and the command line. */
class ComposeFileTest {

    private static final Path TOP = Path.of("../..");
    private static final Pattern ADDRESS = Pattern.compile("--address (\\w+)=(\\S+)");

    private Map<?, ?> file;

    @BeforeEach
    void read() throws IOException {
        file = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(TOP.resolve("docker-compose.yml")));
    }

    @Test
    void everyAddressThatInitWritesIsThatOfOneContainer() {
        Map<String, String> written = ADDRESS.matcher(initScript()).results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));

        assertThat(new Addresses(written).byNode()).containsOnlyKeys("a", "b", "c");
        written.forEach((node, address) -> assertThat(at(service(node), "networks", "machines", "ipv4_address"))
                .isEqualTo(address));
    }

    @Test
    void everyNodeRunsFromTheVolumeThatInitFilled() {
        for (String node : List.of("a", "b", "c")) {
            String mount = node + ":/data/" + node;
            assertThat((List<?>) service(node).get("volumes")).isEqualTo(List.of(mount));
            assertThat(strings(service("init").get("volumes"))).contains(mount);
            assertThat(service(node).get("command")).isEqualTo(List.of("node", "run", "/data/" + node));
            assertThat(((Map<?, ?>) file.get("volumes")).containsKey(node)).isTrue();
        }
    }

    @Test
    void everyCommandIsOneOfTheCommandLine() {
        var commands = Holdfast.commandLine().getSubcommands();

        assertThat(commands).containsKeys("init", strings(service("cli").get("command")).getFirst());
        assertThat(commands.get("node").getSubcommands()).containsKey("run");
        assertThat(initScript()).contains("holdfast init ");
    }

    @Test
    void theImageIsMadeOfWhatTheRepositoryHolds() throws IOException {
        Path dockerfile = TOP.resolve(String.valueOf(at(service("init"), "build", "dockerfile")));
        List<String> copied = Files.readAllLines(dockerfile).stream()
                .filter(line -> line.startsWith("COPY "))
                .flatMap(line -> List.of(line.split(" ")).subList(1, line.split(" ").length - 1).stream())
                .toList();

        assertThat(copied).contains("services/cli/target/lib", "infra/docker/holdfast", "infra/docker/healthy");
        // The first is the build's own result.
        assertThat(copied.subList(1, copied.size())).allSatisfy(path -> assertThat(TOP.resolve(path)).exists());
        assertThat(TOP.resolve("infra/docker/healthy")).isExecutable().content().contains("/" + Ports.HTTP);
        assertThat(Files.readAllLines(TOP.resolve(".dockerignore")))
                .contains("!services/cli/target/lib", "!infra/docker", "!infra/examples");
    }

    private String initScript() {
        return strings(service("init").get("command")).getFirst();
    }

    private Map<?, ?> service(String name) {
        return (Map<?, ?>) at(file, "services", name);
    }

    private static Object at(Map<?, ?> map, String... path) {
        Object found = map;
        for (String key : path) {
            found = ((Map<?, ?>) found).get(key);
        }
        return found;
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }
}
