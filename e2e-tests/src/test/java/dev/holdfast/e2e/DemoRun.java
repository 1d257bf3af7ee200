package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The demo as a user runs it, in a process of its own. */
final class DemoRun {

    private static final int LIMIT_MINUTES = 8;

    /** What the launcher runs: the guest of the demo finds its program there too. */
    private static final Path DISTRIBUTION =
            Path.of("..", "services", "cli", "target", "lib").toAbsolutePath().normalize();

    private DemoRun() {}

    /** The one line that a demo prints which passes. */
    static String passing(String name, String... options) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "e2e")).toAbsolutePath();
        Path out = folder.resolve("demo-" + name + ".json");
        int status = run(folder, out, name, options);
        String text = Files.readString(out, StandardCharsets.UTF_8);
        List<String> lines = text.lines().filter(line -> line.startsWith("{")).toList();
        assertThat(status).as("exit code; output:%n%s", text).isZero();
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .contains("\"verdict\":\"pass\"")
                .contains("\"doubleRuns\":0")
                .contains("\"falseFencings\":0");
        return lines.getFirst();
    }

    private static int run(Path folder, Path out, String name, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "-cp", DISTRIBUTION + "/*", "dev.holdfast.cli.Main", "demo"));
        command.addAll(List.of(options));
        command.addAll(List.of("--profile", "fast", "--limit", "40s", "-o", "json"));
        Process demo = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(new File(folder.toFile(), "demo-" + name + ".err"))
                .start();
        if (!demo.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            demo.destroy();
            demo.waitFor();
        }
        return demo.exitValue();
    }
}
