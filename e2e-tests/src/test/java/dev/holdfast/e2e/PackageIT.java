package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Debian package in a fresh Debian, which has a Java runtime and nothing of ours. */
@NeedsDocker
class PackageIT {

    private static final Path PACKAGE = Path.of("..", "infra", "debian", "target", "holdfast.deb");
    private static final String DATA = "/var/lib/holdfast/try";

    private String container;

    @BeforeEach
    void aFreshDebian() {
        container = "holdfast-package-" + ProcessHandle.current().pid();
        run("docker", "run", "-d", "--init", "--name", container, NeedsDocker.Condition.base(), "sleep", "900");
        run("docker", "cp", PACKAGE.toAbsolutePath().normalize().toString(), container + ":/tmp/holdfast.deb");
    }

    @AfterEach
    void nothingIsLeft() {
        run("docker", "rm", "-f", container);
    }

    @Test
    void itIsInstalledRunsAClusterAndIsRemovedWithoutItsData() {
        in("dpkg", "-i", "--force-depends", "/tmp/holdfast.deb");
        assertThat(in("dpkg", "-s", "holdfast")).contains("Status: install ok", "Architecture: all");
        assertThat(in("holdfast", "--version")).isNotBlank();
        assertThat(in("cat", "/lib/systemd/system/holdfast@.service")).contains("ExecStart=/usr/bin/holdfast node run");

        in("holdfast", "up", "--data", DATA, "--profile", "fast", "--timeout", "4m");
        assertThat(in("holdfast", "status", "--data", DATA)).contains("3 of 3 voters live");
        in("holdfast", "guest", "add", "--data", DATA, "/usr/share/doc/holdfast/examples/web-server.yaml");
        assertThat(in("holdfast", "node", "drain", "--data", DATA, "c")).contains("c may be stopped");
        in("holdfast", "down", "--data", DATA);

        in("dpkg", "-r", "--force-depends", "holdfast");
        in("test", "!", "-e", "/usr/lib/holdfast/lib");
        in("test", "-e", DATA + "/cluster.yaml");
    }

    private String in(String... command) {
        String[] all = new String[command.length + 3];
        all[0] = "docker";
        all[1] = "exec";
        all[2] = container;
        System.arraycopy(command, 0, all, 3, command.length);
        return run(all);
    }

    private static String run(String... command) {
        try {
            Path said = Files.createTempFile("said", ".txt");
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
            boolean ended = process.waitFor(6, TimeUnit.MINUTES);
            String text = Files.readString(said);
            Files.delete(said);
            System.out.println(String.join(" ", command) + "\n" + text);
            assertThat(ended ? process.exitValue() : -1).as("%s: %s", String.join(" ", command), text).isZero();
            return text;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
