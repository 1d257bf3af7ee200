package dev.holdfast.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.command.Holdfast;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {

    private static final String SCENARIO = """
            {"name": "one", "group": "sample", "portability": "any-manager", "clock": {"end_at": 120},
             "nodes": [{"name": "n1"}, {"name": "n2"}, {"name": "n3"}],
             "services": {"vm:1": {"node": "n2", "state": "started", "max_restart": 1, "failback": true}},
             "rules": [], "datacenter": {}, "initial_manager": null,
             "timeline": [{"at": 10, "verb": "power_on", "args": {"node": "n1"}},
                          {"at": 10, "verb": "power_on", "args": {"node": "n2"}},
                          {"at": 10, "verb": "power_on", "args": {"node": "n3"}}],
             "expected": {"masters": [[10, "n1"]], "fenced": [], "never_fenced": ["n1", "n2", "n3"],
                          "final_placement": {"vm:1": "EXPECTED"}, "final_state": {"vm:1": "started"},
                          "final_managed": {"vm:1": true}, "placement_decided_by": {"vm:1": "unmoved"}}}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void withoutScenariosItSaysSoAndThatIsNoFailure() {
        assertThat(run(folder.resolve("nowhere"))).isEqualTo(ExitCode.OK);

        assertThat(err.toString()).contains("no scenarios").contains("nowhere");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void eachScenarioIsALineAndEachGroupIsOneAfterThem() throws IOException {
        given(SCENARIO.replace("EXPECTED", "n2"));

        assertThat(run(folder)).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).containsExactly(
                "{\"name\":\"one\",\"group\":\"sample\",\"portability\":\"any-manager\",\"outcome\":\"passed\",\"reason\":null}",
                "{\"group\":\"sample\",\"passed\":1,\"failed\":0,\"notSupported\":0}");
    }

    @Test
    void aScenarioThatFailsIsAFailureWithItsReason() throws IOException {
        given(SCENARIO.replace("EXPECTED", "n3"));

        assertThat(run(folder)).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("\"outcome\":\"failed\"", "vm:1 runs on n2, expected n3");
    }

    @Test
    void aRuleThatIsNotKnownIsNotSupported() throws IOException {
        given(SCENARIO.replace("EXPECTED", "n3")
                .replace("\"rules\": []", "\"rules\": [{\"id\": \"r\", \"type\": \"resource-affinity\"}]"));

        assertThat(run(folder)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("\"outcome\":\"notSupported\"", "\"notSupported\":1");
    }

    @Test
    void aFieldThatIsMissingIsNamedWithItsFile() throws IOException {
        given(SCENARIO.replace("\"end_at\": 120", "\"end_at\": \"late\""));

        assertThat(run(folder)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("one.json: clock: end_at is late; it must be a number");
    }

    private void given(String scenario) throws IOException {
        Files.writeString(folder.resolve("index.json"), "{\"scenarios\": [{\"file\": \"one.json\"}]}");
        Files.writeString(folder.resolve("one.json"), scenario);
    }

    private int run(Path from) {
        return Holdfast.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("conformance", from.toString(), "-o", "json");
    }
}
