package dev.holdfast.audit.fold;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.core.event.JournalEntry.JournalCheckpoint;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.core.event.JournalEntry.JournalInput;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.input.Consumed;
import dev.holdfast.encoding.input.InputReader;
import dev.holdfast.encoding.journal.Chain;
import dev.holdfast.encoding.journal.EntityCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The past, turn by turn: each input, the state before and after it, and what the journal says was decided on it. Begins
 * with the first entry of the journal or, if that is not kept, behind its first checkpoint.
 */
public final class Past implements Iterator<Past.Turn> {

    /**
     * One input and what came of it.
     *
     * @param entry number of its entry in the journal
     * @param recordedAt its writer's wall clock, for people; the epoch if it did not say
     * @param input what it was taken for
     * @param before the state it was decided on
     * @param after the state it led to
     * @param decisions as they stand in the journal, in order
     * @param hashes of the decisions' values, in hexadecimal digits, in the same order
     */
    public record Turn(
            long entry, Instant recordedAt, Input input, ClusterState before, ClusterState after,
            List<JournalDecision> decisions, List<String> hashes) {

        public Turn {
            decisions = List.copyOf(decisions);
            hashes = List.copyOf(hashes);
        }
    }

    /** The journal cannot be folded any further. */
    public static final class BrokenJournal extends RuntimeException {

        private static final long serialVersionUID = 1;

        BrokenJournal(String reason) {
            super(reason);
        }
    }

    private final JournalReader journal;
    private final InputReader inputs;
    private final CheckpointParts checkpoint;
    private final Iterator<byte[]> values;
    private ClusterState state;
    private JournalEntry ahead;
    private long last;
    private byte[] lastValue;
    private Turn next;

    /**
     * @param values values of {@code audit.journal} in order, committed ones only
     */
    public Past(Codecs codecs, Iterator<byte[]> values) {
        this.journal = new JournalReader(codecs);
        this.inputs = new InputReader(codecs);
        this.checkpoint = new CheckpointParts(new EntityCodec(codecs));
        this.values = values;
    }

    /** The state after the last turn that was given; empty if nothing could be folded so far. */
    public Optional<ClusterState> state() {
        return Optional.ofNullable(state);
    }

    /**
     * @throws BrokenJournal if an entry cannot be read, or is missing
     */
    @Override
    public boolean hasNext() {
        if (next == null) {
            next = read();
        }
        return next != null;
    }

    /** What {@link #next} will give. */
    public Turn peek() {
        if (!hasNext()) {
            throw new NoSuchElementException("the journal ends here");
        }
        return next;
    }

    @Override
    public Turn next() {
        Turn given = peek();
        next = null;
        state = given.after();
        return given;
    }

    private Turn read() {
        JournalInput input = nextInput();
        if (input == null) {
            return null;
        }
        List<JournalDecision> decisions = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        for (ahead = entry(); ahead instanceof JournalDecision decided; ahead = entry()) {
            decisions.add(decided);
            hashes.add(Chain.text(Chain.of(lastValue)));
        }
        Input read = inputs.read(Consumed.of(input)).input();
        return new Turn(
                input.entry(), input.recordedAt(), read, state, DecisionMaker.decide(state, read).state(), decisions,
                hashes);
    }

    /** The next input that can be folded; null at the end. */
    private JournalInput nextInput() {
        while (true) {
            JournalEntry entry = ahead != null ? ahead : entry();
            ahead = null;
            switch (entry) {
                case null -> {
                    return null;
                }
                case JournalInput input -> {
                    if (state == null && input.entry() == 1) {
                        state = ClusterState.EMPTY;
                    }
                    if (state != null) {
                        return input;
                    }
                }
                case JournalCheckpoint part -> begin(part);
                case JournalDecision decided -> { }
            }
        }
    }

    private void begin(JournalCheckpoint part) {
        if (state == null && checkpoint.take(part) instanceof CheckpointParts.Outcome.Complete complete) {
            state = complete.state();
        }
    }

    private JournalEntry entry() {
        if (!values.hasNext()) {
            return null;
        }
        lastValue = values.next();
        switch (journal.read(lastValue)) {
            case JournalReader.Line.Unreadable unreadable -> throw new BrokenJournal(
                    "entry " + (last + 1) + " cannot be read: " + unreadable.reason() + ". 'audit' says more");
            case JournalReader.Line.Read read -> {
                if (last != 0 && read.entry().entry() != last + 1) {
                    throw new BrokenJournal(
                            "entry " + read.entry().entry() + " follows entry " + last + ". 'audit' says more");
                }
                last = read.entry().entry();
                return read.entry();
            }
        }
    }
}
