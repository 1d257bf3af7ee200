package dev.holdfast.node.broker;

import dev.holdfast.messaging.ClientSettings;
import dev.holdfast.node.Processes;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.ClusterInit;
import dev.holdfast.node.cluster.FreeNet;
import dev.holdfast.node.cluster.Ports;
import dev.holdfast.node.links.LinksClient;
import dev.holdfast.node.process.HostsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;

/** A cluster of three node processes and their links, reached directly from outside. */
final class ThreeNodes implements AutoCloseable {
    final ClusterFolder folder;
    final ClusterConfig config;
    final LinksClient links;
    final Processes processes;
    final Map<String, Process> running = new HashMap<>();

    ThreeNodes(Path root) throws IOException {
        folder = new ClusterFolder(root);
        config = new ClusterConfig("test", Uuid.randomUuid().toString(), FreeNet.first(3), List.of("a", "b", "c"), "fast",
                Optional.empty(), Optional.empty());
        // Before anything looks a name up: the JVM reads the file at every look-up, but remembers an unknown name.
        HostsFile.writeDirect(Path.of(System.getProperty("jdk.net.hosts.file")), config);
        new ClusterInit(folder).create(config);
        links = new LinksClient(folder);
        processes = new Processes(folder);
        // At once: the relays' addresses keep others out of this network.
        processes.startLinks();
    }

    void startAll() throws IOException {
        for (String node : config.nodes()) {
            start(node);
        }
        config.nodes().forEach(processes::awaitReady);
    }

    void start(String node) throws IOException {
        running.put(node, processes.startBroker(node));
    }

    void kill(String node) {
        running.get(node).destroyForcibly().onExit().join();
    }

    Admin admin() {
        return Admin.create(new ClientSettings(bootstrap(), "test").admin("admin"));
    }

    String bootstrap() {
        return config.nodes().stream().map(node -> config.hostOf(node) + ":" + Ports.BROKER)
                .collect(Collectors.joining(","));
    }

    TopicPartitionInfo partition(Admin admin, String topic) throws InterruptedException, ExecutionException {
        TopicDescription description = admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic);
        return description.partitions().getFirst();
    }

    /** Waits until the topic's partition is as wanted; what fails meanwhile is tried again. */
    void await(Admin admin, String topic, Predicate<TopicPartitionInfo> wanted) {
        Processes.await(topic + " as wanted", () -> {
            try {
                return wanted.test(partition(admin, topic));
            } catch (ExecutionException notYet) {
                return false;
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
    }

    void awaitFullIsr(Admin admin, String topic) {
        await(admin, topic, partition -> partition.isr().size() == 3);
    }

    /** Makes one node the leader of a topic. */
    void lead(Admin admin, String topic, String node) throws InterruptedException, ExecutionException {
        int leader = config.idOf(node);
        List<Integer> replicas = new ArrayList<>(List.of(leader));
        config.nodes().stream().map(config::idOf).filter(id -> id != leader).forEach(replicas::add);
        TopicPartition partition = new TopicPartition(topic, 0);
        admin.alterPartitionReassignments(Map.of(partition, Optional.of(new NewPartitionReassignment(replicas)))).all().get();
        try {
            admin.electLeaders(ElectionType.PREFERRED, Set.of(partition)).all().get();
        } catch (ExecutionException alreadySo) {
            // Checked by the wait below.
        }
        await(admin, topic, found -> found.leader() != null && found.leader().id() == leader);
    }

    String controller(Admin admin) throws InterruptedException, ExecutionException {
        return config.nodeOf(admin.describeMetadataQuorum().quorumInfo().get().leaderId());
    }

    @Override
    public void close() {
        processes.close();
    }
}
