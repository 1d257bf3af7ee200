package dev.holdfast.node.agent;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.messaging.Received;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.TopicReader;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What an agent asks of the log before it begins. */
final class ClusterLog {

    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaClients clients;
    private final RecordDecoder decoder;

    ClusterLog(KafkaClients clients, RecordDecoder decoder) {
        this.clients = clients;
        this.decoder = decoder;
    }

    /** The newest settings; empty if there are none yet. */
    Optional<ClusterSettings> settings() {
        TopicPartition partition = new TopicPartition(TopicCatalogue.CLUSTER_SETTINGS.name(), 0);
        ClusterSettings newest = null;
        try (Consumer<byte[], byte[]> consumer = clients.reader("settings")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            TopicReader reader = new TopicReader(consumer, decoder);
            while (consumer.position(partition) < end) {
                for (Received received : reader.poll(POLL)) {
                    if (received instanceof Received.Message message
                            && message.body() instanceof ClusterSettings settings
                            && (newest == null || settings.version() > newest.version())) {
                        newest = settings;
                    }
                }
            }
        }
        return Optional.ofNullable(newest);
    }

    /** Kafka's id of the topic: another id means another log, whatever its name. */
    String topicId(Topic topic) throws InterruptedException {
        try (Admin admin = clients.admin("topic-id")) {
            return admin.describeTopics(List.of(topic.name())).allTopicNames().get().get(topic.name()).topicId()
                    .toString();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("topic " + topic.name() + " cannot be described: "
                    + failed.getCause().getMessage(), failed);
        }
    }
}
