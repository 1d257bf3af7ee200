package dev.holdfast.messaging;

import dev.holdfast.encoding.CloudEvent;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes whole Kafka records: key, framed value and CloudEvents headers of one writer. */
public final class RecordEncoder {

    private final Codecs codecs;
    private final String source;
    private final InstantSource clock;
    private final Supplier<String> eventIds;

    /**
     * @param clock wall clock, for the header {@code ce_time} alone
     * @param eventIds makes an id for each record, unique for this source
     */
    public RecordEncoder(Codecs codecs, Source source, InstantSource clock, Supplier<String> eventIds) {
        this.codecs = codecs;
        this.source = source.toString();
        this.clock = clock;
        this.eventIds = eventIds;
    }

    /** With random UUIDs as event ids. */
    public RecordEncoder(Codecs codecs, Source source, InstantSource clock) {
        this(codecs, source, clock, () -> UUID.randomUUID().toString());
    }

    /**
     * @param key what the topic's key means; empty for a topic without keys
     * @throws dev.holdfast.encoding.binding.BindingException if the topic cannot carry the body
     */
    public ProducerRecord<byte[], byte[]> record(Topic topic, String key, Record body) {
        return new ProducerRecord<>(topic.name(), 0, keyBytes(key), value(topic, body), headers(key, body));
    }

    /**
     * A record without a value: removes what the key names.
     *
     * @throws IllegalArgumentException if removing means nothing on that topic
     */
    public ProducerRecord<byte[], byte[]> tombstone(Topic topic, String key) {
        if (!topic.tombstones()) {
            throw new IllegalArgumentException("topic " + topic + " has no removals; key " + key);
        }
        return new ProducerRecord<>(topic.name(), 0, keyBytes(key), null);
    }

    /** The framed value alone. */
    public byte[] value(Topic topic, Record body) {
        return codecs.of(topic).encode(body);
    }

    /** The headers alone. */
    public Headers headers(String key, Record body) {
        return headers(eventIds.get(), key, body);
    }

    /**
     * The headers alone, of a record that is told from others of this source by what it is.
     *
     * @param eventId unique for this source
     */
    public Headers headers(String eventId, String key, Record body) {
        RecordHeaders headers = new RecordHeaders();
        CloudEvent.of(eventId, body, source, clock.instant(), key).headers().forEach(headers::add);
        return headers;
    }

    /** The key alone: UTF-8, or null if empty. */
    public static byte[] keyBytes(String key) {
        return key.isEmpty() ? null : key.getBytes(StandardCharsets.UTF_8);
    }
}
