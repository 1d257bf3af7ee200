package dev.holdfast.node.agent;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.messaging.Received;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.RegisteredSchemas;
import dev.holdfast.messaging.TopicReader;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** What a node asks of the log before its services begin. */
public final class ClusterLog {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SILENCE_IS_NO_ANSWER = Duration.ofSeconds(15);

    private final KafkaClients clients;
    private final RecordDecoder decoder;

    public ClusterLog(KafkaClients clients, RecordDecoder decoder) {
        this.clients = clients;
        this.decoder = decoder;
    }

    /**
     * The newest settings; empty if there are none yet.
     *
     * @throws KafkaException if the log does not answer
     */
    public Optional<ClusterSettings> settings() {
        return newest(ClusterSettings.class, ClusterSettings::version);
    }

    /**
     * The newest ids that a registry gave to the schemas; empty if there are none yet. They can be read before any of
     * them is known.
     *
     * @throws KafkaException if the log does not answer
     */
    public Optional<RegisteredSchemas> registeredSchemas() {
        return newest(RegisteredSchemas.class, RegisteredSchemas::version);
    }

    private <T extends Record> Optional<T> newest(Class<T> type, ToLongFunction<T> version) {
        TopicPartition partition = new TopicPartition(TopicCatalogue.CLUSTER_SETTINGS.name(), 0);
        Optional<T> newest = Optional.empty();
        try (Consumer<byte[], byte[]> consumer = clients.reader("settings")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            TopicReader reader = new TopicReader(consumer, decoder);
            long silentSince = System.nanoTime();
            while (consumer.position(partition) < end) {
                List<Received> read = reader.poll(POLL);
                for (Received received : read) {
                    if (received instanceof Received.Message message && type.isInstance(message.body())) {
                        T found = type.cast(message.body());
                        newest = newest.filter(known -> version.applyAsLong(known) >= version.applyAsLong(found))
                                .or(() -> Optional.of(found));
                    }
                }
                silentSince = read.isEmpty() ? silentSince : System.nanoTime();
                if (System.nanoTime() - silentSince > SILENCE_IS_NO_ANSWER.toNanos()) {
                    throw new TimeoutException("nothing was read from " + partition + " for "
                            + SILENCE_IS_NO_ANSWER.toSeconds() + " s");
                }
            }
        }
        return newest;
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
