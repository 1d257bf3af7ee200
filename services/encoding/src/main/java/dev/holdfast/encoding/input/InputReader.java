package dev.holdfast.encoding.input;

import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.message.Tombstone;
import dev.holdfast.core.message.Unreadable;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.Origin;
import dev.holdfast.encoding.Received;
import dev.holdfast.encoding.RecordReader;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.Optional;

/**
 * Reads whatever stands on an input topic. Foreign bytes, records under a key that is not theirs and records that
 * say something impossible are all unreadable: they change nothing. Pure, so that a replay reads the same.
 */
public final class InputReader {

    private final RecordReader records;

    public InputReader(Codecs codecs) {
        this.records = new RecordReader(codecs);
    }

    /** Never throws for what stands in the record. */
    public Reading read(Consumed record) {
        Origin origin = new Origin(record.at().topic(), 0, record.at().offset(), record.recordedAt());
        Received received = records.read(origin, record.key(), record.value(), header -> null);
        return switch (received) {
            case Received.Removal removal -> understood(record, removal.key(), new Tombstone(removal.key()));
            case Received.Undecodable undecodable -> refused(record, undecodable);
            case Received.Message message -> checked(record, message);
        };
    }

    private static Reading checked(Consumed record, Received.Message message) {
        Optional<Impossible> impossible = Impossible.in(message.key(), message.body());
        if (impossible.isPresent()) {
            Impossible found = impossible.get();
            return refused(record, new Received.Undecodable(
                    message.origin(), found.field(), found.found(), found.reason(), record.key(), record.value()));
        }
        return understood(record, message.key(), (Message) message.body());
    }

    private static Reading understood(Consumed record, String key, Message body) {
        return new Reading(input(record, key, body), Optional.empty());
    }

    private static Reading refused(Consumed record, Received.Undecodable undecodable) {
        Input input = input(record, "", new Unreadable(undecodable.sentence()));
        return new Reading(input, Optional.of(undecodable));
    }

    private static Input input(Consumed record, String key, Message body) {
        boolean heartbeatLog = record.at().topic().equals(TopicCatalogue.NODE_HEARTBEATS.name());
        return new Input(record.at(), heartbeatLog, key, body);
    }
}
