package dev.holdfast.node.cluster;

import dev.holdfast.node.broker.BrokerStorage;
import dev.holdfast.node.broker.QuorumJoin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * The one place where a cluster comes into being: formats storage, writes configuration and machine identities.
 *
 * <p>Explicit and never over existing data: a node that silently formatted an empty disk after a mishap would vote
 * without remembering what it had promised. cluster.yaml is written last, so its presence says that init was complete.
 */
public final class ClusterInit {
    private final ClusterFolder folder;

    public ClusterInit(ClusterFolder folder) {
        this.folder = folder;
    }

    /**
     * Makes a new cluster in the first free part of the loopback network.
     *
     * @param name        for people
     * @param nodes       3, 5 or 7 names
     * @param profile     fast, default or careful
     * @param registryUrl schema registry, or empty for the embedded default
     * @param dataset     ZFS dataset of the volumes, or empty for directories
     * @return what was written to cluster.yaml
     * @throws ExistingData  if the folder or one of the node folders holds anything; nothing is changed then
     * @throws InvalidConfig if a value breaks its rule; nothing is changed then
     */
    public ClusterConfig create(String name, List<String> nodes, String profile, Optional<URI> registryUrl,
            Optional<String> dataset) throws IOException {
        return create(new ClusterConfig(name, Uuid.randomUuid().toString(), FreeNet.first(nodes.size()), nodes, profile,
                registryUrl, dataset));
    }

    /** As above, with everything given. */
    public ClusterConfig create(ClusterConfig config) throws IOException {
        refuseExistingData(config);
        Map<String, Uuid> directories = new LinkedHashMap<>();
        config.nodes().forEach(node -> directories.put(node, Uuid.randomUuid()));
        for (String node : config.nodes()) {
            createNode(new NodeConfig(config, node), directories);
        }
        if (config.reach() instanceof Net) {
            Files.createDirectories(folder.links());
        }
        ConfigFile.write(folder.clusterYaml(), config);
        return config;
    }

    /**
     * Writes the cluster's files again for another network; call it only while no process of the cluster runs.
     *
     * @return the changed configuration
     */
    public ClusterConfig moveTo(Net net) throws IOException {
        ClusterConfig moved = ConfigFile.readCluster(folder.clusterYaml()).inNet(net);
        for (String node : moved.nodes()) {
            Path file = folder.node(node).nodeYaml();
            ConfigFile.write(file, new NodeConfig(moved, node, ConfigFile.readNode(file).replication()));
        }
        ConfigFile.write(folder.clusterYaml(), moved);
        return moved;
    }

    /**
     * Makes the folder of a machine that takes another one's place. Its broker, if the node is a voter, copies what it
     * needs from the others.
     *
     * @param identity as the log was told
     * @throws ExistingData if the node's folder holds anything; nothing is changed then
     */
    public void createReplacement(NodeConfig config, MachineIdentity identity) throws IOException {
        NodeFolder node = folder.node(config.node());
        if (Files.exists(node.root()) && !isEmptyFolder(node.root())) {
            throw new ExistingData(node.root());
        }
        createFolders(node);
        identity.write(node.identity());
        if (config.isVoter()) {
            BrokerStorage.formatToJoin(config, node.kafka());
            QuorumJoin.order(node);
        }
        ConfigFile.write(node.nodeYaml(), config);
    }

    /**
     * Makes the folder of a node that was added, and writes the cluster's file again with it. It has no part of the log.
     * A folder that was made before is left as it is.
     *
     * @throws ExistingData if the node's folder holds anything else; nothing is changed then
     */
    public void createAdded(NodeConfig config) throws IOException {
        NodeFolder node = folder.node(config.node());
        if (!Files.exists(node.nodeYaml())) {
            if (Files.exists(node.root()) && !isEmptyFolder(node.root())) {
                throw new ExistingData(node.root());
            }
            createFolders(node);
            MachineIdentity.fresh().write(node.identity());
            ConfigFile.write(node.nodeYaml(), config);
        }
        ConfigFile.write(folder.clusterYaml(), config.cluster());
    }

    /** Writes the cluster's file again without a node that was removed. */
    public void forget(String removed) throws IOException {
        ClusterConfig config = ConfigFile.readCluster(folder.clusterYaml());
        ConfigFile.write(folder.clusterYaml(), config.with(
                config.nonVoters().stream().filter(node -> !node.name().equals(removed)).toList()));
    }

    private void createNode(NodeConfig config, Map<String, Uuid> directories) throws IOException {
        NodeFolder node = folder.node(config.node());
        createFolders(node);
        MachineIdentity.fresh().write(node.identity());
        BrokerStorage.format(config, node.kafka(), directories);
        ConfigFile.write(node.nodeYaml(), config);
    }

    private static void createFolders(NodeFolder node) throws IOException {
        for (Path each : List.of(node.machine(), node.kafka(), node.volumes(), node.run(), node.logs())) {
            Files.createDirectories(each);
        }
    }

    private void refuseExistingData(ClusterConfig config) throws IOException {
        if (Files.exists(folder.clusterYaml())) {
            throw new ExistingData(folder.root());
        }
        for (String node : config.nodes()) {
            Path root = folder.node(node).root();
            if (Files.exists(root) && !isEmptyFolder(root)) {
                throw new ExistingData(root);
            }
        }
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> content = Files.list(path)) {
            return content.findAny().isEmpty();
        }
    }
}
