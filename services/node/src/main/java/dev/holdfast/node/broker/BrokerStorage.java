package dev.holdfast.node.broker;

import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.DynamicVoters;
import org.apache.kafka.server.common.Feature;

/**
 * Formats a broker's log directory.
 *
 * <p>The quorum is a dynamic one (KIP-853) with all voters written at format: a voter is then its id <em>and</em> the id
 * of its directory, so a node that lost its disk cannot come back as the voter it was and forget what it acknowledged.
 */
public final class BrokerStorage {
    private BrokerStorage() {
    }

    /**
     * @param directories directory id of every node, by name: the same map for all nodes of a cluster
     * @throws IOException if the directory is formatted already or cannot be written
     */
    public static void format(NodeConfig config, Path logDir, Map<String, Uuid> directories) throws IOException {
        ClusterConfig cluster = config.cluster();
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setNodeId(config.id())
                .setClusterId(cluster.clusterId())
                .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                .addDirectory(logDir.toString())
                .setMetadataLogDirectory(logDir.toString())
                .setHasDynamicQuorum(true)
                .setInitialControllers(DynamicVoters.parse(voters(cluster, directories)));
        try {
            formatter.run();
        } catch (IOException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IOException("cannot format " + logDir + ": " + failed.getMessage(), failed);
        }
    }

    private static String voters(ClusterConfig cluster, Map<String, Uuid> directories) {
        return cluster.nodes().stream()
                .map(node -> cluster.idOf(node) + "@" + cluster.hostOf(node) + ":" + Ports.CONTROLLER + ":"
                        + directories.get(node))
                .collect(Collectors.joining(","));
    }
}
