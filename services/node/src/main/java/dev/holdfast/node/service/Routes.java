package dev.holdfast.node.service;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ConfigFile;
import dev.holdfast.node.cluster.InvalidConfig;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.NodeFolder;
import dev.holdfast.node.cluster.Ports;
import dev.holdfast.node.cluster.ReplicationConfig;
import dev.holdfast.node.process.HostsFile;
import dev.holdfast.replication.transport.Bandwidth;
import dev.holdfast.replication.transport.Route;
import dev.holdfast.replication.transport.SshRoute;
import dev.holdfast.replication.transport.SshSettings;
import dev.holdfast.replication.transport.TcpRoute;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How this node's replication reaches the others, and where it is reached, as the configuration says. */
final class Routes {

    private static final Duration TO_CONNECT = Duration.ofSeconds(2);
    /** Two processes start, and keys are exchanged: seconds on a busy machine. */
    private static final Duration TO_LOG_IN = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final NodeFolder folder;
    private final Optional<SshSettings> ssh;
    /** As the log says, once it was read. */
    private volatile NodeConfig config;

    /** @throws dev.holdfast.node.cluster.InvalidConfig if a key is missing or others may read it */
    Routes(NodeConfig config, NodeFolder folder) {
        this.config = config;
        this.folder = folder;
        this.ssh = config.replication().ssh().map(given -> given.settings(folder));
        ssh.ifPresent(settings -> ReplicationConfig.checked(() -> {
            settings.requireFiles();
            return settings;
        }));
    }

    /**
     * Learns from the settings in force which nodes there are beside the voters. What the node is started with next time
     * says so too; that it cannot be written keeps nobody from being reached now.
     */
    synchronized void know(ClusterSettings settings) {
        ClusterConfig now = config.cluster().with(settings.nonVoters());
        boolean isOfIt = now.nodes().contains(config.node());
        if (!isOfIt || now.equals(config.cluster())) {
            return;
        }
        config = config.in(now);
        try {
            HostsFile.write(folder.run().resolve(HostsFile.NAME), config);
            ConfigFile.write(folder.nodeYaml(), config);
            LOG.info("the nodes are {} now", now.nodes());
        } catch (IOException | InvalidConfig failed) {
            LOG.warn("the nodes are {} now, and those that were added may not be reached: {}", now.nodes(),
                    failed.getMessage());
        }
    }

    InetSocketAddress listen() {
        return listenOf(config.node());
    }

    /** The way to a node. */
    Route to(String node) {
        String host = config.cluster().hostOf(node);
        return ssh.<Route>map(settings -> new SshRoute(settings, host, machineOf(host), listenOf(node)))
                .orElseGet(() -> new TcpRoute(new InetSocketAddress(host, Ports.REPLICATION)));
    }

    Duration connectLimit() {
        return ssh.isPresent() ? TO_LOG_IN : TO_CONNECT;
    }

    /** A new bucket: ask once for all that this node sends. */
    Bandwidth bandwidth() {
        return config.replication().bytesPerSecond().isPresent()
                ? Bandwidth.of(config.replication().bytesPerSecond().getAsLong())
                : Bandwidth.UNLIMITED;
    }

    private InetSocketAddress listenOf(String node) {
        return new InetSocketAddress(config.replicaAddressOf(node), Ports.REPLICATION);
    }

    /** Only this process knows the nodes' host names. */
    private String machineOf(String host) {
        InetSocketAddress looked = new InetSocketAddress(host, Ports.REPLICATION);
        return looked.isUnresolved() ? host : looked.getAddress().getHostAddress();
    }
}
