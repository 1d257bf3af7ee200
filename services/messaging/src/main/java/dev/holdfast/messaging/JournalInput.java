package dev.holdfast.messaging;

import dev.holdfast.core.event.Position;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Message;
import dev.holdfast.schemas.TopicCatalogue;

/**
 * An entry of {@code audit.journal}: the decision maker consumed this record. What it decided follows in the next
 * entries, up to the next input.
 *
 * @param sequence 1, 2, 3 … over all entries of the journal, without a gap
 * @param key the record's key; empty if it had none
 */
public record JournalInput(long sequence, Position at, String key, Message body) implements Message {

    public static JournalInput of(long sequence, Input input) {
        return new JournalInput(sequence, input.at(), input.key(), input.body());
    }

    /** What replay feeds to the decision maker. */
    public Input input() {
        return new Input(at, at.topic().equals(TopicCatalogue.NODE_HEARTBEATS.name()), key, body);
    }

    @Override
    public String summary() {
        return at + ": " + body.summary();
    }
}
