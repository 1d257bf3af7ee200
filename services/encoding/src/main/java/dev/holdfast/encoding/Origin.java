package dev.holdfast.encoding;

import java.time.Instant;

/**
 * Where a record was read.
 *
 * @param recordedAt the record's timestamp: a wall clock, for people; it decides nothing
 */
public record Origin(String topic, int partition, long offset, Instant recordedAt) {

    /** {@code topic@offset}: there is one partition. */
    @Override
    public String toString() {
        return topic + "@" + offset;
    }
}
