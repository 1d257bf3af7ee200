package dev.holdfast.audit.file;

import dev.holdfast.audit.fold.JournalReader;
import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.core.event.JournalEntry.JournalCheckpoint;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.core.event.JournalEntry.JournalInput;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.journal.Chain;
import dev.holdfast.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which entries of a journal belong to a time, so that a fold over them is possible: from the beginning, or the last
 * checkpoint before that time, to the last decision on the last input of it.
 *
 * @param first number of its first entry; 0 if there is none
 * @param last number of its last entry
 * @param before hash of the entry before the first, in hexadecimal digits
 * @param guests that are named in it or before it
 * @param nodes that beat in it or before it
 */
public record Slice(long first, long last, String before, Set<String> guests, Set<String> nodes) {

    private static final String GUEST_ENTITY = "guest/";

    /**
     * Finds it.
     *
     * @param values values of {@code audit.journal} in order
     * @param from writers' wall clock; {@link Instant#MIN} for all
     * @param to writers' wall clock, inclusive; {@link Instant#MAX} for all
     */
    public static Slice find(Codecs codecs, Iterator<byte[]> values, Instant from, Instant to) {
        JournalReader reader = new JournalReader(codecs);
        Set<String> guests = new TreeSet<>();
        Set<String> nodes = new TreeSet<>();
        Instant now = Instant.MIN;
        byte[] chain = null;
        long first = 0;
        long last = 0;
        String before = null;
        while (values.hasNext()) {
            byte[] value = values.next();
            if (value == null || !(reader.read(value) instanceof JournalReader.Line.Read(JournalEntry entry))) {
                chain = value == null ? chain : Chain.of(value);
                continue;
            }
            if (entry instanceof JournalInput input) {
                now = input.recordedAt().equals(Instant.EPOCH) ? now : input.recordedAt();
                name(input, guests, nodes);
            }
            if (entry instanceof JournalCheckpoint part && part.key().startsWith(GUEST_ENTITY)) {
                guests.add(part.key().substring(GUEST_ENTITY.length()));
            }
            if (now.isAfter(to) && !(entry instanceof JournalDecision)) {
                break;
            }
            boolean begins = entry.entry() == 1
                    || entry instanceof JournalCheckpoint part && part.part() == 1 && (first == 0 || !now.isAfter(from));
            if (begins && (entry.entry() == 1 || chain != null)) {
                first = entry.entry();
                before = Chain.text(entry.entry() == 1 ? Chain.beginning() : chain);
            }
            last = entry.entry();
            chain = Chain.of(value);
        }
        return new Slice(first, first == 0 ? 0 : last, before, guests, nodes);
    }

    private static void name(JournalInput input, Set<String> guests, Set<String> nodes) {
        if (input.key() == null) {
            return;
        }
        String topic = input.at().topic();
        String key = new String(input.key(), StandardCharsets.UTF_8);
        if (topic.equals(TopicCatalogue.NODE_HEARTBEATS.name())) {
            nodes.add(key);
        } else if (topic.equals(TopicCatalogue.GUEST_SPECS.name()) || topic.equals(TopicCatalogue.GUEST_REPORTS.name())
                || topic.equals(TopicCatalogue.REPLICA_REPORTS.name())) {
            guests.add(key);
        }
    }
}
