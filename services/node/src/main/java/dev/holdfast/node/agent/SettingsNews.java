package dev.holdfast.node.agent;

import dev.holdfast.core.event.ClusterEvent.SettingsApplied;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.messaging.ReadingLoop;
import dev.holdfast.encoding.Received;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.encoding.StateKey;
import dev.holdfast.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Hears which settings come into force from now on. It reads what was decided, not what was asked for: a record on
 * {@code cluster.settings} that was refused, or that nobody has decided about, is none of a node's business. Owns the
 * consumer it is given.
 */
final class SettingsNews implements AutoCloseable {

    private static final TopicPartition EVENTS = new TopicPartition(TopicCatalogue.CLUSTER_EVENTS.name(), 0);
    private static final byte[] CLUSTER = StateKey.CLUSTER.getBytes(StandardCharsets.UTF_8);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final RecordDecoder decoder;
    private final ReadingLoop loop;
    private java.util.function.Consumer<ClusterSettings> listener;

    SettingsNews(Consumer<byte[], byte[]> consumer, RecordDecoder decoder) {
        this.consumer = consumer;
        this.decoder = decoder;
        this.loop = new ReadingLoop("settings", consumer, POLL, this::read);
    }

    /** Fixes the place from which on it hears. Call before the settings to begin with are read: none is missed then. */
    void position() {
        consumer.assign(List.of(EVENTS));
        consumer.seekToEnd(List.of(EVENTS));
        consumer.position(EVENTS);
    }

    /** Tells of all settings that come into force, in a thread of its own until closed. */
    void follow(java.util.function.Consumer<ClusterSettings> told) {
        listener = told;
        loop.begin();
    }

    private void read() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (Arrays.equals(record.key(), CLUSTER)
                    && decoder.decode(record) instanceof Received.Message message
                    && message.body() instanceof Decision decision
                    && decision.event() instanceof SettingsApplied applied) {
                listener.accept(applied.settings());
            }
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
