package dev.holdfast.node.agent;

import dev.holdfast.core.event.ClusterEvent.SettingsApplied;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.messaging.Received;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.StateKey;
import dev.holdfast.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears which settings come into force from now on. It reads what was decided, not what was asked for: a record on
 * {@code cluster.settings} that was refused, or that nobody has decided about, is none of a node's business. Owns the
 * consumer it is given.
 */
final class SettingsNews implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsNews.class);
    private static final TopicPartition EVENTS = new TopicPartition(TopicCatalogue.CLUSTER_EVENTS.name(), 0);
    private static final byte[] CLUSTER = StateKey.CLUSTER.getBytes(StandardCharsets.UTF_8);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final RecordDecoder decoder;
    private volatile boolean closing;
    private Thread follower;

    SettingsNews(Consumer<byte[], byte[]> consumer, RecordDecoder decoder) {
        this.consumer = consumer;
        this.decoder = decoder;
    }

    /** Fixes the place from which on it hears. Call before the settings to begin with are read: none is missed then. */
    void position() {
        consumer.assign(List.of(EVENTS));
        consumer.seekToEnd(List.of(EVENTS));
        consumer.position(EVENTS);
    }

    /** Tells of every settings that come into force, in a thread of its own until closed. */
    void follow(java.util.function.Consumer<ClusterSettings> listener) {
        follower = Thread.ofPlatform().name("settings").daemon().start(() -> read(listener));
    }

    private void read(java.util.function.Consumer<ClusterSettings> listener) {
        while (!closing) {
            try {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (Arrays.equals(record.key(), CLUSTER)
                            && decoder.decode(record) instanceof Received.Message message
                            && message.body() instanceof Decision decision
                            && decision.event() instanceof SettingsApplied applied) {
                        listener.accept(applied.settings());
                    }
                }
            } catch (WakeupException closed) {
                return;
            } catch (RuntimeException failed) {
                LOG.warn("reading what was decided about settings failed, going on: {}", failed.toString());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            if (follower != null) {
                follower.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
