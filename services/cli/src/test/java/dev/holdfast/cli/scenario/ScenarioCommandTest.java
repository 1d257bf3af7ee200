package dev.holdfast.cli.scenario;

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

class ScenarioCommandTest {

    private static final String STORY = """
            Nobody does anything that matters

            nodes    a, b, c
            profile  fast
            guest    db on a

            at 0 s  guest clear db
            at 2 s  end
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aStoryOfOnesOwnIsToldAndWrittenDownAndThenHolds() throws IOException {
        Path file = story(STORY);
        assertThat(run("run", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("refused: db is not in error", "expects nothing; --update writes");

        assertThat(run("run", file.toString(), "--update")).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(file)).contains("      +0.1 s  refused: db is not in error\nat 2 s  end");

        assertThat(run("run", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).endsWith("story is as expected\n");
    }

    @Test
    void aDifferenceIsShownLineByLineAndIsAFailure() throws IOException {
        Path file = story(STORY.replace("at 2 s", "      +0.3 s  accepted: db's error is cleared\nat 2 s"));

        assertThat(run("run", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).containsSubsequence(
                "  expected      +0.3 s  accepted: db's error is cleared",
                "  happened      +0.1 s  refused: db is not in error",
                "story DIFFERS in 2 lines");

        assertThat(run("run", file.toString(), "-o", "json")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString().lines().toList().getLast())
                .startsWith("{\"scenario\":\"story\",\"title\":\"Nobody does")
                .contains("\"outcome\":\"differs\"", "\"differences\":2",
                        "\"missing\":[\"+0.3 s  accepted: db's error is cleared\"]", "\"afterMs\":100");
    }

    @Test
    void whatIsNoScenarioIsRefusedWithEveryMistakeAndNothingIsRun() throws IOException {
        Path file = story(STORY.replace("fast", "quick").replace("clear db", "clear web"));

        assertThat(run("run", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("line 4: profile 'quick'", "line 7: guest is 'web'");
        assertThat(run("run", "no-such-story")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("scenario is 'no-such-story'");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void storiesAreListedAndShownAndSoIsWhatMayBeDoneInThem() throws IOException {
        Path file = story(STORY);
        assertThat(run("list", folder.toString())).isEqualTo(ExitCode.OK);
        assertThat(run("show", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(run("commands")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Nobody does anything that matters", STORY, "power off NODES");
    }

    private Path story(String text) throws IOException {
        return Files.writeString(folder.resolve("story.txt"), text);
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "scenario";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Holdfast.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
