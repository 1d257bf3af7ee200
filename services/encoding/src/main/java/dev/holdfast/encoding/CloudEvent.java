package dev.holdfast.encoding;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
    public static CloudEvent of(String id, Record body, String source, Instant time, String key) {
        return new CloudEvent(id, TYPES + body.getClass().getSimpleName(), source, time, key.isEmpty() ? null : key);
    }

    /** The attributes as headers by name, in the order in which they are written. */
    public Map<String, byte[]> headers() {
        Map<String, byte[]> headers = new LinkedHashMap<>();
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

    /**
     * The attributes of a record; empty if a required one is missing or cannot be read.
     *
     * @param headers gives the value of a header, or null if there is none of that name
     */
    public static Optional<CloudEvent> from(Function<String, byte[]> headers) {
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

    private static void put(Map<String, byte[]> headers, String name, String value) {
        headers.put(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String get(Function<String, byte[]> headers, String attribute) {
        byte[] value = headers.apply(PREFIX + attribute);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
