package dev.holdfast.audit.file;

import dev.holdfast.audit.fold.JournalReader;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.core.event.JournalEntry.JournalCheckpoint;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.core.event.JournalEntry.JournalInput;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.Decoded;
import dev.holdfast.encoding.ValueCodec;
import dev.holdfast.encoding.journal.Chain;
import dev.holdfast.encoding.journal.StateHash;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a journal again with other names. Every value changes, so that it gets a chain of its own: it still shows that
 * nothing was changed since, and no more that it is the cluster's.
 */
public final class MaskedJournal {

    /** Takes a value. */
    public interface Sink {
        void add(byte[] value) throws IOException;
    }

    private final Mask mask;
    private final Codecs codecs;
    private final JournalReader reader;
    private final ValueCodec journal;
    private final ValueCodec entities;
    private final Sink sink;
    private final List<JournalCheckpoint> parts = new ArrayList<>();
    private byte[] chain = Chain.beginning();

    public MaskedJournal(Mask mask, Codecs codecs, Sink sink) {
        this.mask = mask;
        this.codecs = codecs;
        this.reader = new JournalReader(codecs);
        this.journal = codecs.of(TopicCatalogue.AUDIT_JOURNAL);
        this.entities = codecs.of(TopicCatalogue.CLUSTER_STATE);
        this.sink = sink;
    }

    /**
     * Writes a value again.
     *
     * @throws IllegalArgumentException if it cannot be read: what stands in it could not be masked
     */
    public void add(byte[] value) throws IOException {
        switch (reader.read(value)) {
            case JournalReader.Line.Unreadable unreadable ->
                throw new IllegalArgumentException("an entry cannot be read, so that it cannot be masked: " + unreadable.reason());
            case JournalReader.Line.Read(JournalInput input) -> write(masked(input));
            case JournalReader.Line.Read(JournalDecision decided) -> write(new JournalDecision(
                    decided.entry(), decided.version(), (Decision) mask.record(decided.decision())));
            case JournalReader.Line.Read(JournalCheckpoint part) -> checkpoint(part);
            case JournalReader.Line.Read(JournalEntry other) -> throw new IllegalStateException("no entry: " + other);
        }
    }

    private JournalInput masked(JournalInput input) {
        Map<String, byte[]> headers = new HashMap<>();
        input.headers().forEach((name, value) -> headers.put(name, mask.bytes(value)));
        return new JournalInput(
                input.entry(), input.version(), input.at(), input.recordedAt(), mask.bytes(input.key()),
                masked(codecs.named(input.at().topic()), input.value()), headers, mask.text(input.says()));
    }

    private byte[] masked(Optional<ValueCodec> codec, byte[] value) {
        if (value == null || codec.isEmpty() || !(codec.get().decode(value) instanceof Decoded.Value decoded)) {
            return value;
        }
        Record masked = mask.record(decoded.body());
        return masked.equals(decoded.body()) ? value : codec.get().encode(masked);
    }

    /** The hash over all parts stands in each of them. */
    private void checkpoint(JournalCheckpoint part) throws IOException {
        parts.add(new JournalCheckpoint(
                part.entry(), part.version(), part.part(), part.parts(), mask.text(part.key()),
                masked(Optional.of(entities), part.value()), part.stateHash()));
        if (part.part() < part.parts()) {
            return;
        }
        Map<String, byte[]> values = new LinkedHashMap<>();
        parts.forEach(each -> values.put(each.key(), each.value()));
        String hash = StateHash.of(values);
        for (JournalCheckpoint each : parts) {
            write(new JournalCheckpoint(
                    each.entry(), each.version(), each.part(), each.parts(), each.key(), each.value(), hash));
        }
        parts.clear();
    }

    private void write(JournalEntry entry) throws IOException {
        byte[] value = journal.encode((Record) entry);
        chain = Chain.link(chain, value);
        sink.add(value);
    }
}
