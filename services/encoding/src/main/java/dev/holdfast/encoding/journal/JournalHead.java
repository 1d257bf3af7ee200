package dev.holdfast.encoding.journal;

import dev.holdfast.core.message.Message;
import java.time.Instant;

/**
 * How far {@code audit.journal} has come: written in one transaction with what it counts, so that whoever takes over
 * goes on with the same chain.
 *
 * @param entries number of the newest entry; 0 for none
 * @param chain hash of that entry in hexadecimal digits, see {@link Chain}
 * @param checkpoint number of the first entry of the newest checkpoint; 0 for none
 * @param checkpointAt when that was written, or the first entry as long as there is none, by the writer's wall clock
 */
public record JournalHead(long entries, String chain, long checkpoint, Instant checkpointAt) implements Message {

    /** Of a journal without entries. */
    public static final JournalHead NONE = new JournalHead(0, Chain.text(Chain.beginning()), 0, Instant.EPOCH);

    @Override
    public String summary() {
        return "journal: " + entries + " entries, newest checkpoint "
                + (checkpoint == 0 ? "none" : "at " + checkpoint);
    }
}
