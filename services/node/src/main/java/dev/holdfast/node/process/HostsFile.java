package dev.holdfast.node.process;

import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.guard.machine.DurableFile;
import dev.holdfast.node.cluster.NodeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Name resolution of one node JVM ({@code -Djdk.net.hosts.file}): each peer is its own relay's address.
 *
 * <p>The JVM asks nothing else once such a file is set, so the machine's own names are in it too. A registry's is not:
 * no node ever asks a registry.
 */
public final class HostsFile {
    private HostsFile() {
    }

    /** Writes the file of one node: peers by relay, itself by its real address. */
    public static void write(Path file, NodeConfig node) throws IOException {
        Map<String, String> hosts = surroundings();
        for (String peer : node.cluster().nodes()) {
            int id = node.cluster().idOf(peer);
            hosts.put(node.cluster().hostOf(peer),
                    id == node.id() ? node.address() : node.cluster().net().relay(node.id(), id));
        }
        write(file, hosts);
    }

    /** Writes the file of a process that belongs to no node and reaches all of them directly. */
    public static void writeDirect(Path file, ClusterConfig cluster) throws IOException {
        Map<String, String> hosts = surroundings();
        cluster.nodes().forEach(node -> hosts.put(cluster.hostOf(node), cluster.net().real(cluster.idOf(node))));
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
