package dev.holdfast.node.broker;

import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Collectors;

/** Kafka's configuration of one node: infra/broker.properties plus what differs from node to node. */
public final class BrokerProperties {
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final String BROKER_LISTENER = "BROKER";
    private static final String RESOURCE = "/broker.properties";

    private BrokerProperties() {
    }

    /** @param logDir where the broker and the controller keep their logs */
    public static Properties of(NodeConfig config, Path logDir) {
        Properties properties = shared();
        properties.setProperty("node.id", Integer.toString(config.id()));
        properties.setProperty("log.dirs", logDir.toString());
        // Bound to the node's own address only; known by a name that each peer resolves to its own relay.
        properties.setProperty("listeners", listeners(config.address()));
        properties.setProperty("advertised.listeners", listeners(config.host()));
        properties.setProperty("controller.quorum.bootstrap.servers", controllers(config.cluster()));
        return properties;
    }

    private static Properties shared() {
        try (InputStream resource = BrokerProperties.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("broker.properties is missing in the program: built without infra/?");
            }
            Properties properties = new Properties();
            properties.load(resource);
            return properties;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read broker.properties", unreadable);
        }
    }

    private static String listeners(String host) {
        return BROKER_LISTENER + "://" + host + ":" + Ports.BROKER + ","
                + CONTROLLER_LISTENER + "://" + host + ":" + Ports.CONTROLLER;
    }

    private static String controllers(ClusterConfig cluster) {
        return cluster.voters().stream()
                .map(node -> cluster.hostOf(node) + ":" + Ports.CONTROLLER)
                .collect(Collectors.joining(","));
    }
}
