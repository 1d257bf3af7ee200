package dev.holdfast.audit.replay;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.audit.fold.CheckpointParts;
import dev.holdfast.core.event.JournalEntry.JournalCheckpoint;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.encoding.journal.EntityCodec;
import dev.holdfast.encoding.journal.StateEntities;
import dev.holdfast.core.event.JournalEntry.JournalInput;
import dev.holdfast.core.event.Position;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.input.Consumed;
import dev.holdfast.encoding.input.InputReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The fold beside the journal: which decisions are still to be confirmed, and what was found so far. */
final class Comparison {

    private static final int FAULTS_KEPT = 20;

    private final InputReader reader;
    private final CheckpointParts checkpoint;
    private final long from;
    private final Deque<Decision> expected = new ArrayDeque<>();
    private final List<String> faults = new ArrayList<>();
    /** Null until it is known. */
    private ClusterState state;
    private Position input;
    private long last;
    private long entries;
    private long inputs;
    private long decisions;
    private long mismatches;
    private long checkpoints;
    private long foldedFrom;
    private Mismatch first;

    /**
     * @param from number of the entry from which on to fold: the fold begins behind the first checkpoint at or after it,
     *     or at the beginning of the journal if that is 1
     */
    Comparison(InputReader reader, EntityCodec entities, long from) {
        this.reader = reader;
        this.checkpoint = new CheckpointParts(entities);
        this.from = from;
    }

    long entries() {
        return entries;
    }

    void take(JournalEntry entry) {
        checkSequence(entry);
        switch (entry) {
            case JournalInput consumed -> consume(consumed);
            case JournalDecision decided -> confirm(decided);
            case JournalCheckpoint part -> compare(part);
        }
    }

    void unreadable(String reason) {
        entries++;
        last++;
        fault("entry " + last + " cannot be read: " + reason);
    }

    private void checkSequence(JournalEntry entry) {
        entries++;
        if (last == 0 && entry.entry() == 1 && from <= 1) {
            state = ClusterState.EMPTY;
            foldedFrom = 1;
        }
        if (last != 0 && entry.entry() != last + 1) {
            fault("entry " + entry.entry() + " follows entry " + last);
        }
        if (entry.version() != JournalEntry.VERSION) {
            fault("entry " + entry.entry() + " is of journal version " + entry.version()
                    + "; this build folds version " + JournalEntry.VERSION);
        }
        last = entry.entry();
    }

    private void consume(JournalInput entry) {
        missingAreMismatches(entry.entry());
        inputs++;
        if (state == null) {
            return;
        }
        input = entry.at();
        try {
            DecisionMaker.Outcome outcome = DecisionMaker.decide(state, reader.read(Consumed.of(entry)).input());
            state = outcome.state();
            expected.addAll(outcome.decisions());
        } catch (RuntimeException e) {
            fault("entry " + entry.entry() + ", input " + input + ": the fold cannot get past it: " + e.getMessage());
        }
    }

    private void confirm(JournalDecision entry) {
        decisions++;
        if (state == null) {
            return;
        }
        Decision replayed = expected.poll();
        if (!entry.decision().equals(replayed)) {
            mismatch(new Mismatch(entry.entry(), input, entry.decision(), replayed));
        }
    }

    private void compare(JournalCheckpoint part) {
        missingAreMismatches(part.entry());
        if (state == null && part.part() == 1 && part.entry() < from) {
            return;
        }
        switch (checkpoint.take(part)) {
            case CheckpointParts.Outcome.Incomplete incomplete -> { }
            case CheckpointParts.Outcome.Broken broken ->
                fault("checkpoint, entry " + part.entry() + ": " + broken.reason());
            case CheckpointParts.Outcome.Complete complete -> meet(part.entry(), complete.state());
        }
    }

    private void meet(long entry, ClusterState stated) {
        if (state == null) {
            state = stated;
            foldedFrom = entry + 1;
        } else if (state.equals(stated)) {
            checkpoints++;
        } else {
            fault("checkpoint that ends at entry " + entry + " is not what the fold comes to: " + difference(stated));
            state = stated;
        }
    }

    private String difference(ClusterState stated) {
        return String.join(", ", StateEntities.changed(state, stated).keySet());
    }

    private void missingAreMismatches(long entry) {
        while (!expected.isEmpty()) {
            mismatch(new Mismatch(entry, input, null, expected.poll()));
        }
    }

    private void mismatch(Mismatch found) {
        mismatches++;
        first = first == null ? found : first;
    }

    private void fault(String what) {
        if (faults.size() < FAULTS_KEPT) {
            faults.add(what);
        }
    }

    ReplayResult result(double seconds) {
        missingAreMismatches(last);
        if (state == null) {
            fault(entries == 0
                    ? "the journal is empty"
                    : "nothing could be folded: there is no checkpoint " + (from > 1 ? "from entry " + from + " on"
                            : "and the journal begins at entry " + (last - entries + 1)));
        }
        return new ReplayResult(
                entries, inputs, decisions, mismatches, checkpoints, foldedFrom, Optional.ofNullable(first), faults,
                seconds > 0 ? entries / seconds : 0);
    }
}
