package dev.holdfast.guard.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorSettingsTest {

    @TempDir
    Path folder;

    @Test
    void settingsAreReadAsTheyWereWritten() throws Exception {
        SupervisorSettings settings = new SupervisorSettings(
                "m",
                folder,
                folder,
                Duration.ofSeconds(30),
                List.of("java", "--name", "a=b"),
                List.of("java", "with blank", ""));
        Path file = folder.resolve("settings");

        settings.write(file);

        assertThat(SupervisorSettings.read(file)).isEqualTo(settings);
    }

    @Test
    void aBadValueIsRefusedWithItsKeyAndTheRule() throws Exception {
        String good = "machine=m\nrun=" + folder + "\nlogs=" + folder + "\nstop-wait=PT1S\nguard=g\nnode=n\n";
        assertThat(SupervisorSettings.read(file(good)).guard()).containsExactly("g");

        assertRefused(good.replace("PT1S", "soon"), "stop-wait: 'soon'");
        assertRefused(good.replace("PT1S", "PT2H"), "stop-wait: 'PT2H'");
        assertRefused(good.replace("node=n\n", ""), "node: '[]'");
        assertRefused(good.replace("run=" + folder, "run=/no/such"), "run: '/no/such' must be a folder");
        assertRefused(good + "colour=red\n", "'colour=red' expected KEY=VALUE");
        assertRefused(good + "machine=n\n", "machine: '[m, n]' must be given once");
    }

    private void assertRefused(String text, String message) throws Exception {
        Path file = file(text);
        assertThatThrownBy(() -> SupervisorSettings.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("settings"), text);
    }
}
