package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo as a user runs it: the victim holds every special role at once when its plug is pulled. */
class WorstPullIT {

    private static final int LIMIT_MINUTES = 8;

    /** What the launcher runs: the guest of the demo finds its program there too. */
    private static final Path DISTRIBUTION =
            Path.of("..", "services", "cli", "target", "lib").toAbsolutePath().normalize();

    @ParameterizedTest
    @ValueSource(strings = {"kill", "silence"})
    void theDemoPassesWhenTheNodeWithEveryRoleIsPulled(String how) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "e2e")).toAbsolutePath();
        Path out = folder.resolve("demo-" + how + ".json");
        int status = demo(folder, out, how);

        String text = Files.readString(out, StandardCharsets.UTF_8);
        List<String> lines = text.lines().filter(line -> line.startsWith("{")).toList();
        assertThat(status).as("exit code; output:%n%s", text).isZero();
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .contains("\"verdict\":\"pass\"")
                .contains("\"doubleRuns\":0")
                .contains("\"falseFencings\":0");
    }

    private static int demo(Path folder, Path out, String how) throws IOException, InterruptedException {
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED", "-cp", DISTRIBUTION + "/*",
                        "dev.holdfast.cli.Main", "demo", "--pull", "worst", "--how", how, "--profile", "fast",
                        "--limit", "40s", "-o", "json")
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(new File(folder.toFile(), "demo-" + how + ".err"))
                .start();
        if (!demo.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            demo.destroy();
            demo.waitFor();
        }
        return demo.exitValue();
    }
}
