package dev.holdfast.audit.fold;

import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.Decoded;
import dev.holdfast.encoding.ValueCodec;
import dev.holdfast.schemas.TopicCatalogue;

/** Reads values of {@code audit.journal}. */
public final class JournalReader {

    private final ValueCodec codec;

    public JournalReader(Codecs codecs) {
        this.codec = codecs.of(TopicCatalogue.AUDIT_JOURNAL);
    }

    /** What a value turned out to be. */
    public sealed interface Line {

        /** An entry of the journal. */
        record Read(JournalEntry entry) implements Line {}

        /** None. */
        record Unreadable(String reason) implements Line {}
    }

    /**
     * Never throws for what the value is.
     *
     * @param value null if the record has none
     */
    public Line read(byte[] value) {
        if (value == null) {
            return new Line.Unreadable("value is missing");
        }
        return switch (codec.decode(value)) {
            case Decoded.Value decoded -> new Line.Read((JournalEntry) decoded.body());
            case Decoded.Unreadable unreadable -> new Line.Unreadable(unreadable.sentence());
        };
    }
}
