package dev.holdfast.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.Failure;
import dev.holdfast.node.cluster.NodeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostBindingTest {

    private static final String ONE = "11111111111111111111111111111111";
    private static final String OTHER = "22222222222222222222222222222222";

    @TempDir
    private Path root;

    private NodeFolder node;

    @BeforeEach
    void makeNode() throws IOException {
        node = new NodeFolder(root.resolve("a"));
        Files.createDirectories(node.machine());
    }

    @Test
    void aNodeStaysWithTheMachineItFirstRanOn() throws IOException {
        on(ONE).hold();
        on(ONE).hold();

        assertThatThrownBy(() -> on(OTHER).hold())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("belongs to the machine " + ONE)
                .hasMessageContaining("remove " + node.machine().resolve("host"));
    }

    @Test
    void aContainerWithoutAnIdNeitherBindsNorIsRefused() throws IOException {
        new HostBinding(node, root.resolve("none")).hold();
        assertThat(node.machine().resolve("host")).doesNotExist();

        on(ONE).hold();
        on("uninitialized").hold();
    }

    private HostBinding on(String id) throws IOException {
        return new HostBinding(node, Files.writeString(root.resolve("machine-id"), id + "\n"));
    }
}
