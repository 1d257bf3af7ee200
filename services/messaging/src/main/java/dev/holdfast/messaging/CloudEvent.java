package dev.holdfast.messaging;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * CloudEvents 1.0 attributes in Kafka's binary mode: headers {@code ce_id, ce_type, ce_source, ce_time, ce_subject,
 * ce_specversion} and {@code content-type}. They are for people and for routing outside of Holdfast; nothing in
 * Holdfast decides by them.
 *
 * @param id unique together with the source
 * @param type {@code dev.holdfast.} and the name of the record in the body, for example {@code dev.holdfast.Heartbeat}
 * @param source who wrote it, see {@link Source}
 * @param time the writer's wall clock
 * @param subject the record's key; null if it has none
 */
public record CloudEvent(String id, String type, String source, Instant time, String subject) {

    private static final String PREFIX = "ce_";
    private static final String TYPES = "dev.holdfast.";

    /** The event that a record of ours is. */
    static CloudEvent of(String id, Record body, String source, Instant time, String key) {
        return new CloudEvent(id, TYPES + body.getClass().getSimpleName(), source, time, key.isEmpty() ? null : key);
    }

    /** The attributes as headers, to be added to a record. */
    public Headers toHeaders() {
        RecordHeaders headers = new RecordHeaders();
        put(headers, PREFIX + "specversion", "1.0");
        put(headers, PREFIX + "id", id);
        put(headers, PREFIX + "type", type);
        put(headers, PREFIX + "source", source);
        put(headers, PREFIX + "time", time.toString());
        if (subject != null) {
            put(headers, PREFIX + "subject", subject);
        }
        put(headers, "content-type", "application/avro");
        return headers;
    }

    /** The attributes of a record; empty if a required one is missing or cannot be read. */
    public static Optional<CloudEvent> from(Headers headers) {
        String id = get(headers, "id");
        String type = get(headers, "type");
        String source = get(headers, "source");
        String time = get(headers, "time");
        if (id == null || type == null || source == null || time == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CloudEvent(id, type, source, Instant.parse(time), get(headers, "subject")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String get(Headers headers, String attribute) {
        Header header = headers.lastHeader(PREFIX + attribute);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
