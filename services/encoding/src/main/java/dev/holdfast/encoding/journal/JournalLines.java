package dev.holdfast.encoding.journal;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.core.event.JournalEntry.JournalCheckpoint;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.core.event.JournalEntry.JournalInput;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.ValueCodec;
import dev.holdfast.encoding.input.Consumed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The journal's lines of one step, each linked to the one before: the input, what was decided on it and, if one is due,
 * the whole state after it. Written once, after all stages have run.
 */
public final class JournalLines {

    /**
     * One line.
     *
     * @param value as it goes to the topic
     */
    public record Line(JournalEntry entry, byte[] value) {}

    private final Instant now;
    private final boolean checkpointIsDue;
    private final List<Line> lines = new ArrayList<>();
    private JournalHead head;
    private byte[] chain;

    /**
     * @param before where the journal stands
     * @param now the wall clock
     */
    public JournalLines(JournalHead before, CheckpointPlan checkpoints, Instant now) {
        this.now = now;
        this.checkpointIsDue = checkpoints.isDue(before, now);
        this.head = before.entries() == 0
                ? new JournalHead(0, before.chain(), before.checkpoint(), now)
                : before;
        this.chain = Chain.parse(before.chain());
    }

    /** What was written, in order. */
    public List<Line> lines() {
        return lines;
    }

    /** Where the journal stands after what was written so far. */
    public JournalHead head() {
        return head;
    }

    /**
     * Writes.
     *
     * @param says what the record was taken for
     * @param state after the decisions
     */
    public void write(
            Consumed record, String says, List<Decision> decisions, ClusterState state, ValueCodec journal,
            EntityCodec entities) {
        add(journal, new JournalInput(
                next(), JournalEntry.VERSION, record.at(), record.recordedAt(), record.key(), record.value(),
                record.headers(), says));
        for (Decision decision : decisions) {
            add(journal, new JournalDecision(next(), JournalEntry.VERSION, decision));
        }
        if (checkpointIsDue) {
            checkpoint(state, journal, entities);
        }
    }

    private void checkpoint(ClusterState state, ValueCodec journal, EntityCodec entities) {
        Map<String, byte[]> values = entities.encodeAll(state);
        String hash = StateHash.of(values);
        long first = next();
        int part = 0;
        for (Map.Entry<String, byte[]> entity : values.entrySet()) {
            part++;
            add(journal, new JournalCheckpoint(
                    next(), JournalEntry.VERSION, part, values.size(), entity.getKey(), entity.getValue(), hash));
        }
        head = new JournalHead(head.entries(), head.chain(), first, now);
    }

    private long next() {
        return head.entries() + 1;
    }

    private void add(ValueCodec journal, JournalEntry entry) {
        byte[] value = journal.encode((Record) entry);
        chain = Chain.link(chain, value);
        lines.add(new Line(entry, value));
        head = new JournalHead(entry.entry(), Chain.text(chain), head.checkpoint(), head.checkpointAt());
    }
}
