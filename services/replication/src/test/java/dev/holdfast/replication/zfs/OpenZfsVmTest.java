package dev.holdfast.replication.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The tests of the driver on real OpenZFS, in a virtual machine: see docs/openzfs-vm.md. */
@EnabledIfSystemProperty(
        named = "holdfast.long",
        matches = "true",
        disabledReason = "takes long; -Dholdfast.long=true runs it, as does infra/ci/openzfs-vm suite;"
                + " infra/ci/prepare openzfs-vm installs what it needs")
class OpenZfsVmTest {

    @Test
    void theDriverDoesOnOpenZfsWhatItDoesHere() throws IOException, InterruptedException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("infra/ci/openzfs-vm"))) {
            root = root.getParent();
        }
        ProcessBuilder suite = new ProcessBuilder(root.resolve("infra/ci/openzfs-vm").toString(), "suite")
                .directory(root.toFile())
                .inheritIO();
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            suite.environment().put("MAVEN_ARGS", "-Dmaven.repo.local=" + repository);
        }
        assertThat(suite.start().waitFor()).as("exit code of infra/ci/openzfs-vm suite").isZero();
    }
}
