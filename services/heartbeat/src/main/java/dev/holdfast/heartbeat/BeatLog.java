package dev.holdfast.heartbeat;

import dev.holdfast.core.agent.SeenBeats;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.NodeMessage;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.clock.WitnessClock;
import dev.holdfast.messaging.ReadingLoop;
import dev.holdfast.encoding.Received;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The heartbeat log as one node reads it: first to its end, for the incarnations this node had, then on and on, for
 * the beats of the others. Owns the consumer it is given.
 */
public final class BeatLog implements AutoCloseable {

    private static final TopicPartition LOG_PARTITION =
            new TopicPartition(TopicCatalogue.NODE_HEARTBEATS.name(), 0);
    private static final Duration POLL = Duration.ofMillis(500);

    private final String node;
    private volatile Set<String> nodes;
    private final Consumer<byte[], byte[]> consumer;
    private final RecordDecoder decoder;
    private final WitnessClock clock;
    private final SeenBeats seen;
    private final ReadingLoop loop;

    public BeatLog(
            String node,
            List<String> nodes,
            Consumer<byte[], byte[]> consumer,
            RecordDecoder decoder,
            WitnessClock clock,
            SeenBeats seen) {
        this.node = node;
        watch(nodes);
        this.consumer = consumer;
        this.decoder = decoder;
        this.clock = clock;
        this.seen = seen;
        this.loop = new ReadingLoop("beats-read", consumer, POLL, this::readOn);
    }

    /**
     * Reads the log from its beginning to its present end.
     *
     * @return the newest incarnation of this node on it; empty if there is none
     */
    public Optional<Incarnation> readToEnd() {
        consumer.assign(List.of(LOG_PARTITION));
        consumer.seekToBeginning(List.of(LOG_PARTITION));
        long end = consumer.endOffsets(List.of(LOG_PARTITION)).get(LOG_PARTITION);
        byte[] own = node.getBytes(StandardCharsets.UTF_8);
        Incarnation newest = null;
        while (consumer.position(LOG_PARTITION) < end && !loop.isClosing()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                // Only our own records are decoded: a week of beats is a few million records.
                if (Arrays.equals(record.key(), own)
                        && decoder.decode(record) instanceof Received.Message message
                        && message.body() instanceof NodeMessage mine
                        && (newest == null || mine.incarnation().isNewerThan(newest))) {
                    newest = mine.incarnation();
                }
            }
        }
        return Optional.ofNullable(newest);
    }

    /** Only beats of these nodes are noted from now on. */
    public final void watch(List<String> others) {
        nodes = Set.copyOf(others);
    }

    /** Goes on reading in a thread of its own until closed. Call after {@link #readToEnd}. */
    public void follow() {
        loop.begin();
    }

    private void readOn() {
        Iterable<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL);
        // Read the clock after the records were there: a witness must not claim to have known them earlier.
        Duration seenAt = clock.now();
        records.forEach(record -> note(record, seenAt));
    }

    private void note(ConsumerRecord<byte[], byte[]> record, Duration seenAt) {
        if (decoder.decode(record) instanceof Received.Message message
                && message.body() instanceof Heartbeat beat
                && !beat.node().equals(node)
                && nodes.contains(beat.node())) {
            seen.read(beat, record.offset(), seenAt);
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
