package dev.holdfast.quorum.topology;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.core.event.JournalEntry.JournalInput;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.input.Consumed;
import dev.holdfast.encoding.input.InputReader;
import java.util.List;

/** The state that a journal folds to. */
final class Folded {

    private Folded() {}

    static ClusterState of(List<JournalEntry> journal, Codecs codecs) {
        InputReader reader = new InputReader(codecs);
        ClusterState state = ClusterState.EMPTY;
        for (JournalEntry entry : journal) {
            if (entry instanceof JournalInput input) {
                state = DecisionMaker.decide(state, reader.read(Consumed.of(input)).input()).state();
            }
        }
        return state;
    }
}
