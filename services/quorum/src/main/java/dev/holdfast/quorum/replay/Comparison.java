package dev.holdfast.quorum.replay;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.core.event.JournalEntry.JournalInput;
import dev.holdfast.core.event.Position;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.quorum.input.Consumed;
import dev.holdfast.quorum.input.InputReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The fold beside the journal: which decisions are still to be confirmed, and what was found so far. */
final class Comparison {

    private static final int FAULTS_KEPT = 20;

    private final InputReader reader;
    private final Deque<Decision> expected = new ArrayDeque<>();
    private final List<String> faults = new ArrayList<>();
    private ClusterState state = ClusterState.EMPTY;
    private Position input;
    private long last;
    private long entries;
    private long inputs;
    private long decisions;
    private long mismatches;
    private Mismatch first;

    Comparison(InputReader reader) {
        this.reader = reader;
    }

    long entries() {
        return entries;
    }

    void take(JournalEntry entry) {
        checkSequence(entry);
        switch (entry) {
            case JournalInput consumed -> consume(consumed);
            case JournalDecision decided -> confirm(decided);
        }
    }

    void unreadable(String reason) {
        entries++;
        last++;
        fault("entry " + last + " cannot be read: " + reason);
    }

    private void checkSequence(JournalEntry entry) {
        entries++;
        if (entry.entry() != last + 1) {
            fault(last == 0
                    ? "the journal begins at entry " + entry.entry() + ": what came before is unknown"
                    : "entry " + entry.entry() + " follows entry " + last);
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
        Decision replayed = expected.poll();
        if (!entry.decision().equals(replayed)) {
            mismatch(new Mismatch(entry.entry(), input, entry.decision(), replayed));
        }
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
        return new ReplayResult(
                entries, inputs, decisions, mismatches, Optional.ofNullable(first), faults,
                seconds > 0 ? entries / seconds : 0);
    }
}
