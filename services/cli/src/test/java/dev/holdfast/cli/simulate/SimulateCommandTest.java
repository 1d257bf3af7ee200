package dev.holdfast.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.command.Holdfast;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theLastLineForAProgramHoldsTheResultAndNoZeros() {
        assertThat(run("simulate --seeds 3 -o json")).isEqualTo(ExitCode.OK);

        String last = out.toString().lines().toList().getLast();
        assertThat(last)
                .startsWith("{\"faultSet\":\"assumed\",\"seeds\":3,\"events\":")
                .containsSubsequence("\"eventsPerSecond\":", "\"violations\":0", "\"faults\":{", "\"rules\":{");
        assertThat(last.substring(last.indexOf("\"faults\""))).doesNotContain(":0,", ":0}");
    }

    @Test
    void aMistakeThatIsSeenIsOneLineAndExitCodeZero() {
        assertThat(run("simulate --mutate floor-not-filed -o json")).isEqualTo(ExitCode.OK);

        assertThat(lines()).singleElement().asString()
                .startsWith("{\"mutation\":\"floor-not-filed\",\"caught\":true,\"seeds\":")
                .containsSubsequence("\"seed\":", "\"invariant\":\"", "\"events\":");
    }

    @Test
    void aMistakeThatSurvivesIsAFailure() {
        assertThat(run("simulate --mutate first-lease-unchained --seeds 1 -o json")).isEqualTo(ExitCode.FAILED);

        assertThat(lines()).singleElement().asString()
                .startsWith("{\"mutation\":\"first-lease-unchained\",\"caught\":false,\"seeds\":1,\"seed\":null");
    }

    @Test
    void whatCanGoWrongAndWhatIsLookedForIsListed() {
        assertThat(run("simulate --faults help")).isEqualTo(ExitCode.OK);
        assertThat(run("simulate --mutate help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("power-loss", "clock-wrong", "beyond", "lease-from-ack");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--faults power-los  | power-loss",
        "--mutate lease      | lease-from-ack",
        "--nodes 7           | 3, 4 or 5",
        "--seeds 0           | 1 or more",
        "--seeds many        | --seeds",
    })
    void whatCannotBeRunIsRefusedWithWhatCan(String options, String explained) {
        assertThat(run("simulate " + options)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(explained);
        assertThat(out.toString()).isEmpty();
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private int run(String arguments) {
        return Holdfast.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.split(" +"));
    }
}
