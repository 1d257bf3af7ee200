package dev.holdfast.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final String GOOD = """
            node: b
            name: demo
            clusterId: AAAAAAAAAAAAAAAAAAAAAA
            net: '127.77'
            nodes: [a, b, c]
            profile: fast
            """;

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("node.yaml");
    }

    @Test
    void aNodeKnowsItsIdAddressAndHostFromItsPlaceInTheCluster() throws IOException {
        NodeConfig node = read(GOOD);

        assertThat(node.id()).isEqualTo(2);
        assertThat(node.address()).isEqualTo("127.77.0.2");
        assertThat(node.host()).isEqualTo("b.holdfast");
        assertThat(node.cluster().net().relay(1, 2)).isEqualTo("127.77.1.2");
    }

    @Test
    void aRegistryIsOptional() throws IOException {
        assertThat(read(GOOD).cluster().registryUrl()).isEmpty();
        assertThat(read(GOOD + "registryUrl: http://registry:8081/apis\n").cluster().registryUrl())
                .contains(URI.create("http://registry:8081/apis"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "node: b | node: x | node = 'x': must be one of [a, b, c]",
            "node: b | nood: b | nood = '…': is not a known field",
            "name: demo | name: De mo | name = 'De mo': must start with a small letter",
            "profile: fast | profile: quick | profile = 'quick': must be fast, default or careful",
            "nodes: [a, b, c] | nodes: [a, b] | nodes = '[a, b]': must list 3, 5 or 7",
            "nodes: [a, b, c] | nodes: [a, b, b] | nodes = '[a, b, b]': must not repeat",
            "nodes: [a, b, c] | nodes: a | nodes = 'a': must list 3, 5 or 7",
            "net: '127.77' | net: 127.77 | net = '127.77': must be text",
            "net: '127.77' | net: '10.0' | net = '10.0': must be one of 127.77 to 127.99",
            "net: '127.77' | foo: [ | is not YAML",
            "clusterId: AAAAAAAAAAAAAAAAAAAAAA | clusterId: short | clusterId = 'short': must be 22 characters",
    })
    void aBadValueIsRefusedWithFileFieldValueAndRule(String good, String bad, String message) {
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void aRegistryThatIsNoWebAddressIsRefused() {
        assertThatThrownBy(() -> read(GOOD + "registryUrl: ftp://x\n"))
                .hasMessageContaining("registryUrl = 'ftp://x': must be an http or https URL");
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThatThrownBy(() -> read(GOOD.replace("profile: fast\n", "")))
                .hasMessageContaining("profile is missing: must be fast, default or careful");
    }

    private NodeConfig read(String content) throws IOException {
        Files.writeString(file, content);
        return ConfigFile.readNode(file);
    }
}
