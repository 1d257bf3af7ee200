package dev.holdfast.cli.demo;

import dev.holdfast.cli.Failure;
import dev.holdfast.node.cluster.ClusterConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.internals.Topic;

/** Leaders of all topics of a cluster, Kafka's own and those of Kafka Streams included. */
final class TopicLeaders {

    private final Admin admin;
    private final ClusterConfig config;

    TopicLeaders(Admin admin, ClusterConfig config) {
        this.admin = admin;
        this.config = config;
    }

    /** The node that is active controller; empty while there is none. */
    Optional<String> controller() throws ExecutionException {
        int id = await(() -> admin.describeMetadataQuorum().quorumInfo().get()).leaderId();
        return id < 1 ? Optional.empty() : Optional.of(config.nodeOf(id));
    }

    /** By role the nodes that lead a part of it. */
    Map<Role, Set<String>> holders() throws ExecutionException {
        Map<Role, Set<String>> holders = new HashMap<>();
        for (TopicDescription topic : all()) {
            Set<String> leaders = holders.computeIfAbsent(role(topic.name()), role -> new TreeSet<>());
            topic.partitions().forEach(partition -> leaders.add(nameOf(partition.leader())));
        }
        return holders;
    }

    /** Topics of which a replica is not in sync; empty if all is well. */
    Set<String> notInSync() throws ExecutionException {
        Set<String> behind = new TreeSet<>();
        for (TopicDescription topic : all()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                if (partition.isr().size() < partition.replicas().size() || partition.leader() == null) {
                    behind.add(topic.name());
                }
            }
        }
        return behind;
    }

    /** Makes the node the preferred leader of everything, and the leader. */
    void moveTo(String node) throws ExecutionException {
        int wanted = config.idOf(node);
        Map<TopicPartition, Optional<NewPartitionReassignment>> orders = new HashMap<>();
        Set<TopicPartition> elections = new HashSet<>();
        for (TopicDescription topic : all()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                TopicPartition id = new TopicPartition(topic.name(), partition.partition());
                List<Integer> replicas = partition.replicas().stream().map(Node::id).toList();
                if (replicas.getFirst() != wanted) {
                    orders.put(id, Optional.of(new NewPartitionReassignment(first(wanted, replicas))));
                }
                if (partition.leader() == null || partition.leader().id() != wanted) {
                    elections.add(id);
                }
            }
        }
        if (!orders.isEmpty()) {
            await(() -> admin.alterPartitionReassignments(orders).all().get());
        }
        if (!elections.isEmpty()) {
            // What was not needed or not possible for one partition shows in who leads it afterwards.
            await(() -> admin.electLeaders(ElectionType.PREFERRED, elections).partitions().get());
        }
    }

    private static List<Integer> first(int wanted, List<Integer> replicas) {
        List<Integer> order = new ArrayList<>(replicas);
        order.remove((Integer) wanted);
        order.addFirst(wanted);
        return order;
    }

    private static Role role(String topic) {
        return switch (topic) {
            case Topic.GROUP_METADATA_TOPIC_NAME -> Role.OFFSETS;
            case Topic.TRANSACTION_STATE_TOPIC_NAME -> Role.TRANSACTIONS;
            default -> Role.TOPICS;
        };
    }

    private Iterable<TopicDescription> all() throws ExecutionException {
        Set<String> names = await(() -> admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get());
        return await(() -> admin.describeTopics(names).allTopicNames().get()).values();
    }

    private String nameOf(Node node) {
        return node == null || node.isEmpty() ? "nobody" : config.nodeOf(node.id());
    }

    /** A call to the brokers that can be interrupted. */
    private interface Call<T> {
        T get() throws ExecutionException, InterruptedException;
    }

    private static <T> T await(Call<T> call) throws ExecutionException {
        try {
            return call.get();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted");
        }
    }
}
