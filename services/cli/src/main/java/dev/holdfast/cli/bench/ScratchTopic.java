package dev.holdfast.cli.bench;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.TopicTail;
import dev.holdfast.encoding.CloudEvent;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A topic that is kept as {@code audit.journal} is, but for the flush after every write, and holds a journal only to be
 * measured. Nothing in the cluster reads it; closing removes it.
 */
final class ScratchTopic implements AutoCloseable {

    private static final String FLUSH = "flush.messages";
    /** Three beats, compressed, are one commit of the decision maker. */
    private static final int BATCH_BYTES = 900;

    private static final int LINGER_MS = 50;
    private static final int PATIENCE_MS = 120_000;

    private final ClusterAccess access;
    private final Topic topic;

    private ScratchTopic(ClusterAccess access, Topic topic) {
        this.access = access;
        this.topic = topic;
    }

    /**
     * Makes it.
     *
     * @throws Failure with Kafka's reason
     */
    static ScratchTopic make(ClusterAccess access) {
        Topic journal = TopicCatalogue.AUDIT_JOURNAL;
        Map<String, String> settings = new HashMap<>(journal.settings());
        settings.put(FLUSH, String.valueOf(Long.MAX_VALUE));
        Topic topic = new Topic(
                "bench.journal-" + UUID.randomUUID(), journal.key(), "the bench", "A journal that is measured.",
                journal.tombstones(), journal.chained(), journal.carries(), settings);
        answered(() -> access.admin()
                .createTopics(List.of(new NewTopic(topic.name(), Topic.PARTITIONS, Topic.REPLICAS).configs(settings)))
                .all().get());
        return new ScratchTopic(access, topic);
    }

    /**
     * Writes a journal into it, in batches about as large as those of the decision maker.
     *
     * @throws Failure if Kafka does not take all of it
     */
    void fill(Iterator<byte[]> values) {
        AtomicReference<Exception> refused = new AtomicReference<>();
        try (Producer<byte[], byte[]> producer = access.producer(Map.of(
                ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES, ProducerConfig.LINGER_MS_CONFIG, LINGER_MS,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS))) {
            for (long entry = 1; values.hasNext() && refused.get() == null; entry++) {
                producer.send(
                        new ProducerRecord<>(topic.name(), 0, (byte[]) null, values.next(), headers(entry)),
                        (written, failed) -> refused.compareAndSet(null, failed));
            }
            producer.flush();
        }
        if (refused.get() != null) {
            throw Failure.failed("the bench's topic was not filled: " + refused.get().getMessage(), refused.get());
        }
    }

    /** As an entry has them in the journal. */
    private static RecordHeaders headers(long entry) {
        RecordHeaders headers = new RecordHeaders();
        new CloudEvent(
                String.valueOf(entry), "dev.holdfast.JournalInput", "/holdfast/holdfast/a/quorum", Instant.now(), null)
                .headers().forEach(headers::add);
        return headers;
    }

    /** A reader of it that stands at its beginning; to be closed. */
    TopicTail tail() {
        return access.tail(topic).fromBeginning();
    }

    @Override
    public void close() {
        answered(() -> access.admin().deleteTopics(List.of(topic.name())).all().get());
    }

    private interface Question {
        Void ask() throws ExecutionException, InterruptedException;
    }

    private static void answered(Question question) {
        try {
            question.ask();
        } catch (ExecutionException e) {
            throw Failure.failed("the bench's topic: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted", e);
        }
    }
}
