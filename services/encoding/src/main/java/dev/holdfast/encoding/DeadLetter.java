package dev.holdfast.encoding;

import dev.holdfast.core.message.Message;
import java.time.Instant;

/**
 * A record that could not be used, as it was, on {@code dead.letters}: nothing is lost, and it can be sent again once
 * the reason is gone.
 *
 * @param by the service that put it aside, for example {@code quorum}
 * @param topic where it stands
 * @param partition 0, unless someone added partitions
 * @param offset where it stands
 * @param recordedAt its timestamp: a wall clock, for people
 * @param field what cannot be: {@code key}, {@code value}, or the path of a field
 * @param excerpt what was found there, shortened; empty if the reason says it
 * @param reason what is wrong, and what was expected
 * @param key its key as it stands; null if there is none
 * @param value its value as it stands; null if there is none
 */
public record DeadLetter(
        String by, String topic, int partition, long offset, Instant recordedAt, String field, String excerpt,
        String reason, byte[] key, byte[] value)
        implements Message {

    public static DeadLetter of(String by, Received.Undecodable record) {
        Origin origin = record.origin();
        return new DeadLetter(
                by, origin.topic(), origin.partition(), origin.offset(), origin.recordedAt(), record.field(),
                record.excerpt(), record.reason(), record.rawKey(), record.rawValue());
    }

    /** Key of the dead letter: {@code topic@offset}. */
    public String letterKey() {
        return topic + "@" + offset;
    }

    @Override
    public String summary() {
        return topic + "@" + offset + " put aside by " + by + ": " + field
                + (excerpt.isEmpty() ? ": " : " is " + excerpt + ": ") + reason;
    }
}
