package dev.holdfast.core.event;

import dev.holdfast.core.message.Message;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of {@code audit.journal}: what the decision maker consumed, and what it decided, in that order. Folding
 * the inputs again must give the decisions again; that is all a replay does. Now and then its whole state stands
 * between them, so that a fold need not begin at the beginning.
 */
public sealed interface JournalEntry extends Message {

    /** Version of the journal's meaning, apart from that of its schema: which fold belongs to it. */
    int VERSION = 2;

    /** 1, 2, 3 … over all entries together, without a gap. */
    long entry();

    /** {@link #VERSION} of the decision maker that wrote it. */
    int version();

    /**
     * A record as it was consumed: raw, so that a replay decodes what the decision maker decoded.
     *
     * @param recordedAt the record's timestamp: a wall clock, for people
     * @param key null if it had none
     * @param value null if it had none
     * @param headers those that matter, by name
     * @param says what it was taken for, in one line
     */
    record JournalInput(
            long entry, int version, Position at, Instant recordedAt, byte[] key, byte[] value,
            Map<String, byte[]> headers, String says)
            implements JournalEntry {

        public JournalInput {
            headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        }

        @Override
        public String summary() {
            return at + " " + says;
        }
    }

    /** A decision that the newest input before it led to. */
    record JournalDecision(long entry, int version, Decision decision) implements JournalEntry {
        @Override
        public String summary() {
            return "decided " + decision.sequence() + ": " + decision.event().summary();
        }
    }

    /**
     * One entity of the whole state after all inputs before it. The parts of a checkpoint follow each other.
     *
     * @param part from 1 to {@code parts}
     * @param key of the entity on {@code cluster.state}
     * @param value of the entity on {@code cluster.state}, as bytes
     * @param stateHash over all parts, in hexadecimal digits
     */
    record JournalCheckpoint(
            long entry, int version, int part, int parts, String key, byte[] value, String stateHash)
            implements JournalEntry {
        @Override
        public String summary() {
            return "checkpoint " + part + " of " + parts + ": " + key;
        }
    }
}
