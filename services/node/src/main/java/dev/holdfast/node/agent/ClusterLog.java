package dev.holdfast.node.agent;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.TimingRule;
import dev.holdfast.core.state.ClusterView;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.core.state.Replaced;
import dev.holdfast.encoding.Received;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.messaging.TopicReader;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
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
     * The settings in force; empty if there are none yet. What the decision maker says counts, since not every record
     * on the settings' topic came into force. Only before it has said anything, the first record is taken, as it will.
     *
     * @throws KafkaException if the log does not answer
     */
    public Optional<ClusterSettings> settings() {
        Optional<ClusterSettings> first = read(
                TopicCatalogue.CLUSTER_SETTINGS, ClusterSettings.class,
                (known, found) -> found.version() < known.version() ? found : known);
        return first.flatMap(initial -> inForce().or(() -> Optional.of(initial)))
                .filter(settings -> TimingRule.refusalOf(settings.timing()) == null);
    }

    private Optional<ClusterSettings> inForce() {
        return read(TopicCatalogue.CLUSTER_STATE, ClusterView.class, (known, found) -> found)
                .map(ClusterView::settings);
    }

    /**
     * Which machine the node is, as last decided; empty if its machine was never replaced.
     *
     * @throws KafkaException if the log does not answer
     */
    public Optional<Replaced> replaced(String node) {
        return read(
                        TopicCatalogue.CLUSTER_STATE, NodeState.class,
                        state -> state.name().equals(node), (known, found) -> found)
                .map(NodeState::replaced);
    }

    /**
     * The newest ids that a registry gave to the schemas; empty if there are none yet. They can be read before any of
     * them is known.
     *
     * @throws KafkaException if the log does not answer
     */
    public Optional<RegisteredSchemas> registeredSchemas() {
        return read(
                TopicCatalogue.CLUSTER_SETTINGS, RegisteredSchemas.class,
                (known, found) -> found.version() > known.version() ? found : known);
    }

    private <T extends Record> Optional<T> read(Topic topic, Class<T> type, BinaryOperator<T> better) {
        return read(topic, type, any -> true, better);
    }

    /** @param better of two, in the order in which they stand on the topic */
    private <T extends Record> Optional<T> read(
            Topic topic, Class<T> type, Predicate<T> which, BinaryOperator<T> better) {
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        Optional<T> best = Optional.empty();
        try (Consumer<byte[], byte[]> consumer = clients.reader("settings")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            TopicReader reader = new TopicReader(consumer, decoder);
            long silentSince = System.nanoTime();
            while (consumer.position(partition) < end) {
                List<Received> read = reader.poll(POLL);
                for (Received received : read) {
                    if (received instanceof Received.Message message
                            && type.isInstance(message.body())
                            && which.test(type.cast(message.body()))) {
                        T found = type.cast(message.body());
                        best = best.map(known -> better.apply(known, found)).or(() -> Optional.of(found));
                    }
                }
                silentSince = read.isEmpty() ? silentSince : System.nanoTime();
                if (System.nanoTime() - silentSince > SILENCE_IS_NO_ANSWER.toNanos()) {
                    throw new TimeoutException("nothing was read from " + partition + " for "
                            + SILENCE_IS_NO_ANSWER.toSeconds() + " s");
                }
            }
        }
        return best;
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
