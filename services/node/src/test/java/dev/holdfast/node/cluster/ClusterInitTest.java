package dev.holdfast.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterInitTest {
    private static final ClusterConfig CONFIG = new ClusterConfig("test", "AAAAAAAAAAAAAAAAAAAAAA", new Net("127.80"),
            List.of("a", "b", "c"), "fast", Optional.empty(), Optional.empty());

    @TempDir
    Path root;

    @Test
    void initWritesConfigurationIdentityAndFormattedStorageForEveryNode() throws IOException {
        ClusterFolder folder = new ClusterFolder(root);
        new ClusterInit(folder).create(CONFIG);

        assertThat(ConfigFile.readCluster(folder.clusterYaml())).isEqualTo(CONFIG);
        for (String node : CONFIG.nodes()) {
            assertThat(ConfigFile.readNode(folder.node(node).nodeYaml())).isEqualTo(new NodeConfig(CONFIG, node));
            assertThat(folder.node(node).kafka().resolve("meta.properties")).content()
                    .contains("cluster.id=" + CONFIG.clusterId(), "node.id=" + CONFIG.idOf(node));
            assertThat(MachineIdentity.read(folder.node(node).identity()).bootCounter()).isZero();
        }
        assertThat(Stream.of("a", "b", "c").map(node -> machineId(folder, node)).distinct()).hasSize(3);
    }

    @Test
    void nodesOnMachinesOfTheirOwnGetFoldersAndNoLinks() throws IOException {
        ClusterConfig config = new ClusterConfig("test", CONFIG.clusterId(),
                new Addresses(Map.of("a", "10.77.0.11", "b", "10.77.0.12", "c", "c.example")), CONFIG.nodes(), "fast",
                Optional.empty(), Optional.empty());
        ClusterFolder folder = new ClusterFolder(root);
        new ClusterInit(folder).create(config);

        assertThat(ConfigFile.readNode(folder.node("c").nodeYaml()).address()).isEqualTo("c.example");
        assertThat(folder.node("c").kafka().resolve("meta.properties")).exists();
        assertThat(folder.links()).doesNotExist();
    }

    @Test
    void aMachineThatTakesAnothersPlaceHasTheIdentityThatWasGivenAndIsNoVoterYet() throws IOException {
        ClusterFolder folder = new ClusterFolder(root);
        ClusterInit init = new ClusterInit(folder);
        init.create(CONFIG);
        MachineIdentity identity = MachineIdentity.fresh();
        NodeConfig config = new NodeConfig(CONFIG, "a");
        assertThatThrownBy(() -> init.createReplacement(config, identity)).isInstanceOf(ExistingData.class);

        Files.move(root.resolve("a"), root.resolve("a-replaced-1"));
        init.createReplacement(config, identity);

        assertThat(MachineIdentity.read(folder.node("a").identity())).isEqualTo(identity);
        assertThat(ConfigFile.readNode(folder.node("a").nodeYaml())).isEqualTo(config);
        assertThat(folder.node("a").machine().resolve("join-quorum")).exists();
        assertThat(folder.node("b").machine().resolve("join-quorum")).doesNotExist();
        assertThat(folder.node("a").kafka().resolve("meta.properties")).content()
                .contains("cluster.id=" + CONFIG.clusterId(), "node.id=" + CONFIG.idOf("a"));
    }

    @Test
    void aSecondInitIsRefusedAndChangesNothing() throws IOException {
        ClusterInit init = new ClusterInit(new ClusterFolder(root));
        init.create(CONFIG);
        String before = Files.readString(root.resolve("a/machine/identity"));

        assertThatThrownBy(() -> init.create(CONFIG)).isInstanceOf(ExistingData.class)
                .hasMessageStartingWith(root + " already holds data");
        assertThat(root.resolve("a/machine/identity")).hasContent(before);
    }

    @Test
    void anythingInANodeFolderIsRefusedNamingTheFolderBeforeAnyOtherIsTouched() throws IOException {
        Files.createDirectories(root.resolve("b"));
        Files.writeString(root.resolve("b/notes.txt"), "mine");

        assertThatThrownBy(() -> new ClusterInit(new ClusterFolder(root)).create(CONFIG))
                .isInstanceOf(ExistingData.class).hasMessageContaining(root.resolve("b").toString());
        assertThat(root.resolve("a")).doesNotExist();
    }

    @Test
    void anInitThatWasInterruptedIsNotTakenForACluster() throws IOException {
        ClusterFolder folder = new ClusterFolder(root);
        new ClusterInit(folder).create(CONFIG);
        Files.delete(folder.clusterYaml());

        assertThatThrownBy(() -> new ClusterInit(folder).create(CONFIG)).isInstanceOf(ExistingData.class)
                .hasMessageContaining(root.resolve("a").toString());
    }

    @Test
    void movingToAnotherNetworkKeepsEverythingElse() throws IOException {
        ClusterFolder folder = new ClusterFolder(root);
        ClusterInit init = new ClusterInit(folder);
        init.create(CONFIG);
        init.moveTo(new Net("127.81"));

        ClusterConfig moved = CONFIG.inNet(new Net("127.81"));
        assertThat(ConfigFile.readCluster(folder.clusterYaml())).isEqualTo(moved);
        assertThat(ConfigFile.readNode(folder.node("c").nodeYaml())).isEqualTo(new NodeConfig(moved, "c"));
    }

    private static String machineId(ClusterFolder folder, String node) {
        try {
            return MachineIdentity.read(folder.node(node).identity()).machineId().toString();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
