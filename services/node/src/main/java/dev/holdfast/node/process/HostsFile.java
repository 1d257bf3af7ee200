package dev.holdfast.node.process;

import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.guard.machine.DurableFile;
import dev.holdfast.node.cluster.NodeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Name resolution of one node JVM ({@code -Djdk.net.hosts.file}): each peer is its own relay's address.
 *
 * <p>The JVM asks nothing else once such a file is set, so the machine's own names and the registry's are in it too.
 */
public final class HostsFile {
    private HostsFile() {
    }

    /** Writes the file of one node: peers by relay, itself by its real address. */
    public static void write(Path file, NodeConfig node) throws IOException {
        Map<String, String> hosts = surroundings(node.cluster());
        for (String peer : node.cluster().nodes()) {
            int id = node.cluster().idOf(peer);
            hosts.put(node.cluster().hostOf(peer),
                    id == node.id() ? node.address() : node.cluster().net().relay(node.id(), id));
        }
        write(file, hosts);
    }

    /** Writes the file of a process that belongs to no node and reaches all of them directly. */
    public static void writeDirect(Path file, ClusterConfig cluster) throws IOException {
        Map<String, String> hosts = surroundings(cluster);
        cluster.nodes().forEach(node -> hosts.put(cluster.hostOf(node), cluster.net().real(cluster.idOf(node))));
        write(file, hosts);
    }

    private static Map<String, String> surroundings(ClusterConfig cluster) {
        Map<String, String> hosts = new LinkedHashMap<>();
        hosts.put("localhost", "127.0.0.1");
        hosts.put(machineName(), "127.0.0.1");
        cluster.registryUrl().map(URI::getHost).ifPresent(host -> hosts.put(host, resolve(host)));
        return hosts;
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    private static String resolve(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("registryUrl: the host '" + host + "' cannot be resolved", unknown);
        }
    }

    private static void write(Path file, Map<String, String> hosts) throws IOException {
        DurableFile.replace(file, hosts.entrySet().stream()
                .map(host -> host.getValue() + " " + host.getKey() + "\n")
                .collect(Collectors.joining()));
    }
}
