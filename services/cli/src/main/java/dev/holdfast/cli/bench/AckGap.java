package dev.holdfast.cli.bench;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.messaging.ClientSettings;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/**
 * Kafka's own part in a failover: the longest time without an acknowledgement to a producer that writes every 50 ms,
 * with our client settings, to a topic made and led as the heartbeat log is. The log itself is left alone: its own
 * beats come every half second, too coarse a measure.
 */
final class AckGap implements AutoCloseable {

    static final String TOPIC = "bench.acks";

    private static final Duration PERIOD = Duration.ofMillis(50);
    private static final Duration GIVE_UP = Duration.ofSeconds(20);
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final Producer<byte[], byte[]> producer;
    private final Thread thread;
    private final List<Long> acknowledgedAt = new ArrayList<>();
    private volatile boolean closed;

    private AckGap(String bootstrap) {
        this.producer = new KafkaProducer<>(new ClientSettings(bootstrap, "bench").producer("acks", GIVE_UP));
        this.thread = Thread.ofPlatform().daemon().name("ack-gap").unstarted(this::write);
    }

    /** Makes the topic if need be, gives it the heartbeat log's leader, and begins to write. */
    static AckGap start(ClusterAccess access, String bootstrap) {
        try {
            lead(access.admin());
        } catch (ExecutionException failed) {
            throw Failure.failed("topic " + TOPIC + " cannot be made: " + failed.getCause().getMessage(), failed);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted");
        }
        AckGap gap = new AckGap(bootstrap);
        gap.thread.start();
        return gap;
    }

    private static void lead(Admin admin) throws ExecutionException, InterruptedException {
        String heartbeats = TopicCatalogue.NODE_HEARTBEATS.name();
        var log = admin.describeTopics(Set.of(heartbeats)).allTopicNames().get().get(heartbeats).partitions().getFirst();
        List<Integer> order = new ArrayList<>(log.replicas().stream().map(Node::id).toList());
        if (log.leader() != null && order.remove((Integer) log.leader().id())) {
            order.addFirst(log.leader().id());
        }
        if (!admin.listTopics().names().get().contains(TOPIC)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Map.of(0, order))
                    .configs(Map.of("min.insync.replicas", "2", "flush.messages", "1")))).all().get();
            return;
        }
        admin.alterPartitionReassignments(Map.of(PARTITION, Optional.of(new NewPartitionReassignment(order)))).all().get();
        // Not needed if it leads already: Kafka says so per partition, which is no failure.
        admin.electLeaders(ElectionType.PREFERRED, Set.of(PARTITION)).partitions().get();
    }

    private void write() {
        long due = System.nanoTime();
        while (!closed) {
            try {
                producer.send(new ProducerRecord<>(TOPIC, new byte[8]), (written, failed) -> {
                    if (failed == null) {
                        acknowledged(System.nanoTime());
                    }
                });
                due = Math.max(due + PERIOD.toNanos(), System.nanoTime());
                Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            } catch (InterruptedException | RuntimeException ending) {
                if (!closed && ending instanceof InterruptedException) {
                    return;
                }
            }
        }
    }

    private synchronized void acknowledged(long at) {
        acknowledgedAt.add(at);
    }

    /** The longest gap that ended after that {@link System#nanoTime}, in milliseconds; empty if nothing was acknowledged after it. */
    synchronized Optional<Long> longestAfter(long nanoTime) {
        return longestAfter(acknowledgedAt, nanoTime);
    }

    static Optional<Long> longestAfter(List<Long> acknowledgedAt, long nanoTime) {
        long longest = -1;
        for (int i = 1; i < acknowledgedAt.size(); i++) {
            if (acknowledgedAt.get(i) - nanoTime > 0) {
                longest = Math.max(longest, acknowledgedAt.get(i) - acknowledgedAt.get(i - 1));
            }
        }
        return longest < 0 ? Optional.empty() : Optional.of(longest / 1_000_000);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        producer.close(Duration.ofSeconds(1));
    }
}
