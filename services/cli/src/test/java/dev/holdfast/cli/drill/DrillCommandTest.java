package dev.holdfast.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.command.Holdfast;
import dev.holdfast.cli.local.Blueprint;
import dev.holdfast.cli.local.LocalCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a drill refuses before it asks a cluster. */
class DrillCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path data;

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return Holdfast.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void aPullConcernsTheGuestsOfItsNodeAndNoOthers() {
        assertThat(run("drill", "shop-db", "--pull", "a", "--yes")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("--pull a: the guests concerned are those of that node");
    }

    @Test
    void thereIsNoDrillWithoutACluster() {
        assertThat(run("drill")).isEqualTo(ExitCode.NO_ANSWER);

        assertThat(err.toString()).contains("no cluster in " + data);
    }

    @Test
    void thereIsNoDrillOnAClusterThatIsDown() {
        LocalCluster.create(data, Blueprint.of(3, "default"));

        assertThat(run("drill", "--pull", "a", "--yes")).isEqualTo(ExitCode.NO_ANSWER);
        assertThat(err.toString()).contains("is down: start it");
    }

    @Test
    void aLimitHasAUnit() {
        assertThat(run("drill", "--max-rpo", "5")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("must be a whole number and a unit");
    }
}
