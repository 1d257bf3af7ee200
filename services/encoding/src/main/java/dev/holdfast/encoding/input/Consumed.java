package dev.holdfast.encoding.input;

import dev.holdfast.core.event.JournalEntry.JournalInput;
import dev.holdfast.core.event.Position;
import java.time.Instant;
import java.util.Map;

/**
 * A record as it stands on an input topic.
 *
 * @param recordedAt its writer's wall clock, for people; it decides nothing; the epoch if it does not say
 * @param key null if it has none
 * @param value null if it has none
 * @param headers those that the journal keeps, by name
 */
public record Consumed(
        Position at, Instant recordedAt, byte[] key, byte[] value, Map<String, byte[]> headers) {

    /** The record that a line of the journal keeps. */
    public static Consumed of(JournalInput entry) {
        return new Consumed(entry.at(), entry.recordedAt(), entry.key(), entry.value(), entry.headers());
    }
}
