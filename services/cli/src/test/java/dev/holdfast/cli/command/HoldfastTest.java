package dev.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.local.Blueprint;
import dev.holdfast.cli.local.LocalCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HoldfastTest {

    private static final String EXAMPLE = "../../infra/examples/guest.yaml";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path data;

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandSaysWhatItDoesAndEveryOptionWhatItIsFor(CommandLine command) {
        var spec = command.getCommandSpec();

        assertThat(spec.usageMessage().description()).isNotEmpty();
        assertThat(spec.options()).allSatisfy(option -> assertThat(option.description()).isNotEmpty());
        assertThat(spec.positionalParameters()).allSatisfy(each -> assertThat(each.description()).isNotEmpty());
        assertThat(spec.optionsMap()).containsKeys("--help", "--data", "--output");
    }

    static Stream<CommandLine> commands() {
        return below(Holdfast.commandLine());
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().distinct().flatMap(HoldfastTest::below));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "statsu                            | Did you mean: ./holdfast status",
        "guest switchovr db                | Did you mean: guest switchover",
        "guest                             | Missing command: list, show, add",
        "                                  | Missing command",
        "status --outputt json             | Unknown option",
        "status -o xml                     | TEXT, TSV, JSON",
        "node start                        | NODE",
        "guest set db                      | KEY=VALUE",
        "up --nodes many                   | --nodes",
        "up --timeout soon                 | must be a whole number and a unit",
    })
    void aWrongCommandLineIsExplainedWithoutTheWholeHelp(String arguments, String explained) {
        int code = run(arguments == null ? new String[0] : arguments.split(" "));

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("holdfast: ").contains(explained).contains("--help'");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "events", "down", "node list", "guest stop db", "settings show", "replay", "links cut a b"})
    void withoutAClusterEveryCommandSaysSoAndHowToGetOne(String arguments) {
        assertThat(run(arguments)).isEqualTo(ExitCode.NO_ANSWER);
        assertThat(err.toString()).contains("no cluster in " + data).contains("./holdfast up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "events", "guest stop db", "guest add " + EXAMPLE, "settings show", "replay"})
    void withAClusterThatIsDownEveryCommandThatNeedsTheLogSaysSo(String arguments) {
        makeCluster();

        assertThat(run(arguments)).isEqualTo(ExitCode.NO_ANSWER);
        assertThat(err.toString()).contains("is down").contains("./holdfast up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node start x", "node stop x", "node kill x", "node kill a x", "node confirm-off x"})
    void anUnknownNodeIsRefusedWithTheNamesThereAre(String arguments) {
        makeCluster();

        assertThat(run(arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no node 'x'; the nodes are a, b, c");
    }

    @Test
    void whatIsDownAlreadyIsNoErrorToStop() {
        makeCluster();

        assertThat(run("down")).isEqualTo(ExitCode.OK);
        assertThat(run("node kill b")).isEqualTo(ExitCode.OK);
        assertThat(run("node stop b")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).containsExactly("Nothing was running.", "b: off already.", "b: off already.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "up --nodes 4           | nodes = '[a, b, c, d]': must list 3, 5 or 7",
        "up --profile hasty     | profile = 'hasty': must be fast, default or careful",
        "up --heap lots         | --heap 'lots'",
        "up --name Large_One    | name = 'Large_One'",
    })
    void aClusterThatCannotBeIsNotMade(String arguments, String explained) {
        assertThat(run(arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(explained);
        assertThat(LocalCluster.existsIn(data)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"up --nodes 5", "up --profile careful", "up --name other"})
    void whatIsFixedAtInitIsNotAskedForInVain(String arguments) {
        makeCluster();

        assertThat(run(arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("which is fixed");
    }

    @Test
    void aBrokenClusterFileIsNamedWithFieldValueAndRule() throws Exception {
        makeCluster();
        Path file = data.resolve("cluster.yaml");
        Files.writeString(file, Files.readString(file).replace("profile: default", "profile: hasty"));

        assertThat(run("status")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("cluster.yaml: profile = 'hasty': must be fast, default or careful");
    }

    @Test
    void aGuestFileIsCheckedWithoutACluster() {
        assertThat(run("guest add " + EXAMPLE + " --check")).isEqualTo(ExitCode.OK);
        assertThat(run("-o json guest add " + EXAMPLE + " --check")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .containsExactly(
                        EXAMPLE + ": fine, guest shop-db.",
                        "{\"file\":\"" + EXAMPLE + "\",\"guest\":\"shop-db\",\"valid\":true}");
    }

    @Test
    void aBadGuestFileIsRefusedWithEveryProblemAtItsLine() throws Exception {
        Path file = Files.writeString(data.resolve("g.yaml"), "name: g\nport: 99999\nprobe: {kind: tcp}\n");

        assertThat(run("guest add --check " + file)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("g.yaml:2: port '99999'").contains("command must name a program");
    }

    @Test
    void nodesThatAreOffAreListedAsSuch() {
        makeCluster();

        assertThat(run("nodes -o tsv")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines().skip(1)).containsExactly(
                "a\toff\t-\t-\t-\t-", "b\toff\t-\t-\t-\t-", "c\toff\t-\t-\t-\t-");
    }

    private void makeCluster() {
        LocalCluster.create(data, Blueprint.of(3, "default"));
    }

    private int run(String arguments) {
        return run(arguments.split(" "));
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.isEmpty()) {
            all.addAll(List.of("--data", data.toString()));
        }
        return Holdfast.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
