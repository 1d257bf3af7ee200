package dev.holdfast.recovery.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.guest.FreezeHook;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestSpecFileTest {

    private static final Path EXAMPLES = Path.of("../../infra/examples");
    private static final String SMALLEST = """
            name: g
            command: [sleep, 100]
            port: 80
            probe: {kind: tcp}
            """;

    @Test
    void theCommentedExampleIsAcceptedAndShowsTheDefaults() {
        GuestSpec spec = accepted(GuestSpecFile.read(EXAMPLES.resolve("guest.yaml")));

        assertThat(spec.name()).isEqualTo("shop-db");
        assertThat(spec.probe()).isInstanceOf(ProbeSpec.Sql.class);
        assertThat(spec.restart()).isEqualTo(RestartPolicy.DEFAULT);
        assertThat(spec.maxDataLoss()).isNull();
    }

    @Test
    void theWebServerExampleIsAccepted() {
        GuestSpec spec = accepted(GuestSpecFile.read(EXAMPLES.resolve("web-server.yaml")));

        assertThat(spec.replication().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(spec.requestedState()).isEqualTo(RequestedState.STARTED);
    }

    @Test
    void theCommandsAroundASnapshotAreReadWithWhatHappensIfTheyFail() {
        ReplicationPolicy policy = accepted(parse(SMALLEST + """
                replication: {freeze: [quiesce, "${volume}"], thaw: [release], onHookFailure: drop, keepDivergent: 48h}
                """)).replication();

        assertThat(policy.hook()).isEqualTo(new FreezeHook(
                List.of("quiesce", "${volume}"), List.of("release"), FreezeHook.DEFAULT_TIMEOUT, FreezeHook.OnFailure.DROP));
        assertThat(policy.keepDivergent()).isEqualTo(Duration.ofHours(48));
        assertThat(accepted(parse(SMALLEST + "replication: {onHookFailure: take}\n")).replication().hook()).isNull();
    }

    @Test
    void whatIsWrongWithReplicationIsSaidFieldByField() {
        assertThat(problems(SMALLEST + "replication: {thaw: [release], hookTimeout: 2m, keepTargets: 0}\n"))
                .contains("replication.freeze must name a program")
                .contains("replication.hookTimeout '2 m' must be 100 ms to 1 m")
                .contains("replication.keepTargets '0' must be 1 to 100");
        assertThat(problems(SMALLEST + "replication: {keepTargets: 0, keepDivergent: 5m, keep: 101}\n"))
                .contains("replication.keep '101' must be 1 to 100")
                .contains("replication.keepTargets '0' must be 1 to 100")
                .contains("replication.keepDivergent '5 m' must be 1 h to 87600 h");
        assertThat(problems(SMALLEST + "replication: {freeze: [run, '${volumes}'], onHookFailure: ignore}\n"))
                .contains("replication.onHookFailure 'ignore' must be take or drop")
                .contains("replication.freeze[1] '${volumes}' uses the unknown placeholder ${volumes}");
    }

    private static String problems(String text) {
        return parse(text) instanceof GuestSpecReading.Refused refused
                ? refused.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"))
                : "";
    }

    @Test
    void aNumberInTheCommandIsTheTextThatWasWritten() {
        assertThat(accepted(parse(SMALLEST.replace("100", "0100"))).command()).containsExactly("sleep", "0100");
    }

    @Test
    void everyProblemIsReportedAtItsLineWithFieldValueAndRule() {
        List<Problem> problems = refused(parse("""
                name: Shop_DB
                command: [run, "${volumes}"]
                prot: 9092
                port: many
                probe:
                  kind: sql
                  url: hsqldb:hsql
                  interval: 5
                  querry: SELECT 1
                replication:
                  interval: 10ms
                  keep: 0
                requestedState: running
                nodes:
                  allowed: a
                  preferred: [c]
                """));

        assertThat(problems).extracting(Problem::toString).containsExactly(
                "guest.yaml:1: name 'Shop_DB' must be 1 to 40 characters a-z, 0-9 or '-', not beginning or ending"
                        + " with '-'",
                "guest.yaml:2: command[1] '${volumes}' uses the unknown placeholder ${volumes}; there are ${guest}"
                        + " ${volume} ${address} ${port} ${node} ${epoch} ${java} ${holdfast.lib}",
                "guest.yaml:3: prot is not a field here. Did you mean port? There are: name, command, environment,"
                        + " volume, address, port, probe, restart, replication, maxDataLoss, requestedState, nodes,"
                        + " stopGrace, drill",
                "guest.yaml:4: port 'many' must be a whole number",
                "guest.yaml:5: probe.query must be given",
                "guest.yaml:7: probe.url 'hsqldb:hsql' must begin with 'jdbc:'",
                "guest.yaml:8: probe.interval '5' must be a whole number and a unit, ms, s, m or h, for example 500ms"
                        + " or 5s",
                "guest.yaml:9: probe.querry is not a field here. Did you mean query? There are: kind, interval,"
                        + " timeout, failuresBeforeDown, startWithin, url, user, password, query",
                "guest.yaml:11: replication.interval '10 ms' must be 1 s to 24 h",
                "guest.yaml:12: replication.keep '0' must be 1 to 100",
                "guest.yaml:13: requestedState 'running' must be started or stopped or disabled or ignored",
                "guest.yaml:15: nodes.allowed 'a' must be a list, for example [one, two] or one '- entry' a line");
    }

    @Test
    void whatIsMissingIsNamedEvenIfNothingElseIsThere() {
        assertThat(refused(parse("{}"))).extracting(Problem::field).containsExactly("name", "command", "port", "probe");
        assertThat(refused(parse("")).getFirst().rule()).startsWith("is empty");
        assertThat(refused(parse("- a\n- b\n")).getFirst().rule()).startsWith("must be a mapping");
    }

    @Test
    void aFieldGivenTwiceOrWithoutValueIsRefused() {
        assertThat(refused(parse(SMALLEST + "port: 81\naddress:\n"))).extracting(Problem::toString).containsExactly(
                "guest.yaml:5: port is given twice: keep one of them",
                "guest.yaml:6: address has no value: give one, or remove the field");
    }

    @Test
    void aLimitOnDataLossIsADurationOrTheWordNone() {
        assertThat(accepted(parse(SMALLEST + "maxDataLoss: 10s\n")).maxDataLoss()).hasSeconds(10);
        assertThat(accepted(parse(SMALLEST + "maxDataLoss: none\n")).maxDataLoss()).isNull();
        assertThat(refused(parse(SMALLEST + "maxDataLoss: little\n"))).hasSize(1);
    }

    @Test
    void aPasswordIsNotRepeatedInProblems() {
        String secret = "s3cret".repeat(100);
        assertThat(refused(parse(SMALLEST.replace("tcp", "sql, url: 'jdbc:x', query: q, password: " + secret)))
                .toString()).contains("probe.password").doesNotContain("s3cret");
    }

    @Test
    void brokenYamlIsRefusedAtItsLine() {
        assertThat(refused(parse("name: g\ncommand: [a\nport: 1\n")).getFirst().toString())
                .startsWith("guest.yaml:3: is not YAML: while parsing a flow sequence expected ',' or ']'");
        assertThat(refused(parse("name: *nobody\n")).getFirst().rule()).contains("undefined alias nobody");
        assertThat(refused(parse(SMALLEST + "---\n" + SMALLEST)).getFirst().rule()).contains("another document");
        assertThat(refused(parse("[".repeat(40_000))).getFirst().rule()).isNotEmpty();
        assertThat(refused(parse("a: &x [*x]\nb: !!java.net.URL x\n? [c]\n: d\n"))).isNotEmpty();
    }

    @Test
    void aFileThatCannotBeAGuestSpecIsRefusedAsAWhole(@TempDir Path folder) throws IOException {
        assertThat(refused(GuestSpecFile.read(folder)).getFirst().rule()).startsWith("is a folder");
        assertThat(refused(GuestSpecFile.read(folder.resolve("none.yaml"))).getFirst().toString())
                .endsWith("none.yaml: does not exist");
        Path large = Files.write(folder.resolve("large"), new byte[GuestSpecFile.MOST_BYTES + 1]);
        assertThat(refused(GuestSpecFile.read(large)).getFirst().rule()).startsWith("is larger than");
        Path foreign = Files.write(folder.resolve("foreign"), new byte[] {(byte) 0xC3, (byte) 0x28});
        assertThat(refused(GuestSpecFile.read(foreign)).getFirst().rule()).isEqualTo("is not UTF-8 text");
        Path control = Files.write(folder.resolve("control"), new byte[] {'a', 0, 1});
        assertThat(refused(GuestSpecFile.read(control))).isNotEmpty();
    }

    private static GuestSpecReading parse(String text) {
        return GuestSpecFile.parse("guest.yaml", text);
    }

    private static GuestSpec accepted(GuestSpecReading reading) {
        assertThat(reading).isInstanceOf(GuestSpecReading.Accepted.class);
        return ((GuestSpecReading.Accepted) reading).spec();
    }

    private static List<Problem> refused(GuestSpecReading reading) {
        assertThat(reading).isInstanceOf(GuestSpecReading.Refused.class);
        return ((GuestSpecReading.Refused) reading).problems();
    }
}
