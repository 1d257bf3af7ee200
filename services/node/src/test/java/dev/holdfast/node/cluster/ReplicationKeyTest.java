package dev.holdfast.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicationKeyTest {

    private static final Path HOST_KEY = Path.of("host.pub");

    @TempDir
    Path root;

    private NodeFolder folder;
    private Path hostKey;

    @BeforeEach
    void makeFolder() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")),
                "keys are not tested: ssh-keygen is missing: infra/ci/prepare, or apt-get install openssh-client");
        folder = new NodeFolder(root);
        Files.createDirectories(folder.machine());
        hostKey = root.resolve(HOST_KEY);
        Files.writeString(hostKey, "ssh-ed25519 AAAAhost root@machine\n");
    }

    @Test
    void theKeyIsMadeOnceAndItsLineAllowsReplicationAndNothingElse() throws IOException {
        ReplicationKey key = ReplicationKey.of(config("10.77.0.11", "10.77.0.12", "10.77.0.13"), folder);

        assertThat(key.make()).isTrue();
        String line = key.authorizedKeysLine();
        assertThat(line)
                .startsWith("restrict,port-forwarding,permitopen=\"127.0.0.1:19094\",permitlisten=\"127.0.0.1:1\","
                        + "command=\"/bin/false\" ssh-ed25519 AAAA")
                .endsWith(" holdfast-a");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.replicationKey())))
                .isEqualTo("rw-------");
        assertThat(folder.knownHosts()).isEmptyFile();
        assertThat(key.knownHostsLine(hostKey)).isEqualTo("a.holdfast ssh-ed25519 AAAAhost");

        assertThat(key.make()).isFalse();
        assertThat(key.authorizedKeysLine()).isEqualTo(line);
    }

    @Test
    void onLoopbackAddressesEachOfThemIsPermitted() throws IOException {
        ReplicationKey key = ReplicationKey.of(config("127.61.0.1", "127.61.0.2", "127.61.0.3"), folder);
        key.make();

        assertThat(key.authorizedKeysLine())
                .contains("permitopen=\"127.61.0.2:19094\",permitopen=\"127.61.0.3:19094\",")
                .doesNotContain("127.61.0.1");
    }

    @Test
    void aHostKeyThatIsNotThereIsNamed() throws IOException {
        ReplicationKey key = ReplicationKey.of(config("10.77.0.11", "10.77.0.12", "10.77.0.13"), folder);

        assertThatThrownBy(() -> key.knownHostsLine(root.resolve("none")))
                .hasMessage("there is no public key " + root.resolve("none"));
        Files.writeString(hostKey, "-----BEGIN OPENSSH PRIVATE KEY-----");
        assertThatThrownBy(() -> key.knownHostsLine(hostKey)).hasMessageContaining("holds no public key");
    }

    private static NodeConfig config(String... addresses) {
        Map<String, String> byNode = new LinkedHashMap<>();
        List<String> nodes = List.of("a", "b", "c");
        nodes.forEach(node -> byNode.put(node, addresses[byNode.size()]));
        return new NodeConfig(
                new ClusterConfig(
                        "test", "AAAAAAAAAAAAAAAAAAAAAA", new Addresses(byNode), nodes, "fast", Optional.empty(), Optional.empty()),
                "a");
    }
}
