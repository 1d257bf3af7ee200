package dev.holdfast.quorum.topology;

import dev.holdfast.core.decide.Turn;
import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.input.Consumed;
import dev.holdfast.encoding.input.Reading;
import dev.holdfast.encoding.journal.JournalLines;

/**
 * One consumed record on its way through the processors.
 *
 * @param before the state that the turn began with
 * @param turn what the stages have made of it so far
 * @param journal its lines of the journal, once they are written
 */
record Step(Consumed record, Reading reading, ClusterState before, Turn turn, JournalLines journal) {

    static Step begin(ClusterState state, Consumed record, Reading reading, JournalLines journal) {
        return new Step(record, reading, state, new Turn(state, reading.input()), journal);
    }

    /**
     * Whether somebody waits for what was decided, so that it is worth a commit of its own. Beats that change nothing can
     * wait for the next one, and so can the refusal of a record: whoever writes garbage must not slow the decisions down.
     */
    boolean isUrgent() {
        return turn.decisions().stream().anyMatch(decision -> !(decision.event() instanceof ClusterEvent.RecordRefused));
    }
}
