package dev.holdfast.node.broker;

import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
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
        DynamicVoters voters = DynamicVoters.parse(voters(config.cluster(), directories));
        run(formatter(config, logDir).setInitialControllers(voters), logDir);
    }

    /**
     * Formats the directory of a machine that takes the place of another one: it is no voter of the quorum before
     * {@link QuorumJoin} has made it one, since it remembers nothing of what the one before acknowledged.
     *
     * @throws IOException if the directory is formatted already or cannot be written
     */
    public static void formatToJoin(NodeConfig config, Path logDir) throws IOException {
        run(formatter(config, logDir), logDir);
    }

    private static Formatter formatter(NodeConfig config, Path logDir) {
        return new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setNodeId(config.id())
                .setClusterId(config.cluster().clusterId())
                .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                .addDirectory(logDir.toString())
                .setMetadataLogDirectory(logDir.toString())
                .setHasDynamicQuorum(true);
    }

    private static void run(Formatter formatter, Path logDir) throws IOException {
        try {
            formatter.run();
        } catch (IOException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IOException("cannot format " + logDir + ": " + failed.getMessage(), failed);
        }
    }

    /** The id of a formatted directory, by which the quorum tells it from another one of the same node. */
    static Uuid directoryId(Path logDir) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(logDir.resolve("meta.properties"))) {
            properties.load(in);
        }
        String id = properties.getProperty("directory.id");
        if (id == null) {
            throw new IOException(logDir.resolve("meta.properties") + " names no directory.id");
        }
        return Uuid.fromString(id);
    }

    private static String voters(ClusterConfig cluster, Map<String, Uuid> directories) {
        return cluster.voters().stream()
                .map(node -> cluster.idOf(node) + "@" + cluster.hostOf(node) + ":" + Ports.CONTROLLER + ":"
                        + directories.get(node))
                .collect(Collectors.joining(","));
    }
}
