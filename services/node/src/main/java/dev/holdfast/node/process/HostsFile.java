package dev.holdfast.node.process;

import dev.holdfast.guard.machine.DurableFile;
import dev.holdfast.node.cluster.Addresses;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.InvalidConfig;
import dev.holdfast.node.cluster.Net;
import dev.holdfast.node.cluster.NodeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Name resolution of one node JVM ({@code -Djdk.net.hosts.file}): each peer is the address of its own relay on a cluster
 * of one host, and the address of its machine otherwise.
 *
 * <p>The JVM asks nothing else once such a file is set, so the machine's own names are in it too. A registry's is not:
 * no node ever asks a registry.
 */
public final class HostsFile {
    /** Its name in the node's folder of what runs. */
    public static final String NAME = "hosts";

    private HostsFile() {
    }

    /**
     * Writes the file of one node: peers as this node reaches them, itself by the address it listens on.
     *
     * @throws InvalidConfig if an address is a host name that cannot be used, with the reason
     */
    public static void write(Path file, NodeConfig node) throws IOException {
        write(file, node, HostNames.ofThisMachine());
    }

    static void write(Path file, NodeConfig node, HostNames names) throws IOException {
        ClusterConfig cluster = node.cluster();
        Map<String, String> hosts = surroundings();
        switch (cluster.reach()) {
            case Net net -> cluster.nodes().forEach(
                    peer -> hosts.put(cluster.hostOf(peer), cluster.addressOf(peer, node.node())));
            case Addresses addresses -> names.lookUp(cluster.addresses()).forEach((peer, address) -> {
                hosts.put(cluster.hostOf(peer), address);
                // What the node listens on is written as the configuration names it.
                if (!Addresses.isLiteral(cluster.addressOf(peer))) {
                    hosts.put(cluster.addressOf(peer), address);
                }
            });
        }
        write(file, hosts);
    }

    /** Writes the file of a process that belongs to no node and reaches all of them directly. */
    public static void writeDirect(Path file, ClusterConfig cluster) throws IOException {
        Map<String, String> hosts = surroundings();
        cluster.nodes().forEach(node -> hosts.put(cluster.hostOf(node), cluster.addressOf(node)));
        write(file, hosts);
    }

    private static Map<String, String> surroundings() {
        Map<String, String> hosts = new LinkedHashMap<>();
        hosts.put("localhost", "127.0.0.1");
        hosts.put(machineName(), "127.0.0.1");
        return hosts;
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    private static void write(Path file, Map<String, String> hosts) throws IOException {
        DurableFile.replace(file, hosts.entrySet().stream()
                .map(host -> host.getValue() + " " + host.getKey() + "\n")
                .collect(Collectors.joining()));
    }
}
