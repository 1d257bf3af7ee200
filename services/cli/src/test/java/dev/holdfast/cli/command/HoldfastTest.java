package dev.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.local.Blueprint;
import dev.holdfast.cli.local.ClusterFile;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.node.cluster.Addresses;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HoldfastTest {

    private static final String INIT = "init --address a=127.88.0.1 --address b=127.88.0.2 --address c=127.88.0.3";
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
        "replicate                         | Missing command: now, pause, resume",
        "replicas drop db a                | NAME",
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
    @ValueSource(strings = {"status", "events", "down", "node list", "guest stop db", "settings show",
        "settings set lease=8s", "replay", "doctor", "links cut a b"})
    void withoutAClusterEveryCommandSaysSoAndHowToGetOne(String arguments) {
        assertThat(run(arguments)).isEqualTo(ExitCode.NO_ANSWER);
        assertThat(err.toString()).contains("no cluster in " + data).contains("./holdfast up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "events", "guest stop db", "replicas", "replicate now db",
        "guest add " + EXAMPLE, "settings show", "settings set lease=8s", "replay"})
    void withAClusterThatIsDownEveryCommandThatNeedsTheLogSaysSo(String arguments) {
        makeCluster();

        assertThat(run(arguments)).isEqualTo(ExitCode.NO_ANSWER);
        assertThat(err.toString()).contains("is down").contains("./holdfast up");
    }

    @Test
    void theDoctorOfAClusterThatIsDownSaysWhatDoesNotAnswer() {
        makeCluster();

        assertThat(run("doctor -o tsv")).isEqualTo(2);
        assertThat(out.toString())
                .contains("FAIL\tlog\tcluster\t0 of 3 brokers answer", "WARN\tports\ta\t",
                        "\tfsync\ta\t", "\tdisk\tc\t");
        assertThat(err.toString()).contains("1 failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node start x", "node stop x", "node kill x", "node kill a x", "fence confirm x",
        "node replace x",
        "replicas drop db x 7-superseded"})
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

    @Test
    void initMakesAFolderForEachMachineAndSaysWhatIsNext() {
        assertThat(run(INIT)).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).contains(
                "move " + data.resolve("b") + " to the machine 127.88.0.2", "./holdfast up --data " + data);
        assertThat(ClusterFile.read(data).reach())
                .isEqualTo(new Addresses(Map.of("a", "127.88.0.1", "b", "127.88.0.2", "c", "127.88.0.3")));
        assertThat(data.resolve("c/node.yaml")).exists();
    }

    @Test
    void initNeverWritesOverAnything() throws Exception {
        run(INIT);
        String before = Files.readString(data.resolve("a/machine/identity"));

        assertThat(run(INIT)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("already holds data");
        assertThat(data.resolve("a/machine/identity")).hasContent(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "init                                                             | Missing required option: '--address",
        "init --address a                                                 | must be NODE=ADDRESS",
        "init --address a=10.0.0.1 --address a=10.0.0.2                   | the node has an address already",
        "init --address a=10.0.0.1 --address b=10.0.0.2                   | must list 3, 5 or 7",
        "init --address a=10.0.0.1 --address b=10.0.0.2 --address c=c,c   | addresses.c = 'c,c'",
    })
    void aClusterOfMachinesThatCannotBeIsNotMade(String arguments, String explained) {
        assertThat(run(arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(explained);
        assertThat(ClusterFile.isIn(data)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "node list", "node kill a", "node stop a", "node start a", "down", "links status", "links cut a b"})
    void whatNeedsAllNodesOnOneHostSaysSoOnAClusterOfMachines(String arguments) {
        run(INIT);

        assertThat(run(arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("works only on a cluster of one host", "./holdfast node run");
    }

    @Test
    void schemasAreListedWithTheIdsOfTheirContentAndRegisteredOnlyWhereThereIsARegistry() {
        run(INIT);

        assertThat(run("schemas list -o tsv")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("node.heartbeats-value\t1\t", "\tcontent\t");
        assertThat(run("schemas register")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("made without a registry");
    }

    @Test
    void upStartsNoProcessOfAClusterOfMachines() {
        run(INIT);

        assertThat(run("up --timeout 1s")).isEqualTo(ExitCode.NO_ANSWER);
        assertThat(err.toString()).contains("0 of 3 brokers are ready", "c at 127.88.0.3");
        assertThat(data.resolve("a/run/supervisor.pid")).doesNotExist();
    }

    @Test
    void anUnknownNodeOfAClusterOfMachinesIsRefusedWithTheNamesThereAre() {
        run(INIT);

        assertThat(run("fence confirm x")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no node 'x'; the nodes are a, b, c");
    }

    @Test
    void theFolderOfAMachineThatIsReplacedIsNotWrittenOver() {
        run(INIT);

        assertThat(run("node replace a")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(data.resolve("a") + " is there", "move it away first");
    }

    @Test
    void aNodeRunsInTheForegroundOnlyFromTheFolderOfAMachine() {
        assertThat(run("node run " + data.resolve("a"))).isEqualTo(ExitCode.NO_ANSWER);
        makeCluster();

        assertThat(run("node run " + data.resolve("a"))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no node in " + data.resolve("a"), "'./holdfast node start a'");
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
