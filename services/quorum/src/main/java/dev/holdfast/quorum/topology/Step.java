package dev.holdfast.quorum.topology;

import dev.holdfast.core.decide.Turn;
import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.quorum.input.Consumed;
import dev.holdfast.quorum.input.Reading;

/**
 * One consumed record on its way through the processors.
 *
 * @param before the state that the turn began with
 * @param turn what the stages have made of it so far
 */
record Step(Consumed record, Reading reading, ClusterState before, Turn turn) {

    static Step begin(ClusterState state, Consumed record, Reading reading) {
        return new Step(record, reading, state, new Turn(state, reading.input()));
    }

    /** Number of the journal entry of the input; those of its decisions follow. */
    long entry() {
        return before.entries() + 1;
    }

    /**
     * Whether somebody waits for what was decided, so that it is worth a commit of its own. Beats that change nothing can
     * wait for the next one, and so can the refusal of a record: whoever writes garbage must not slow the decisions down.
     */
    boolean isUrgent() {
        return turn.decisions().stream().anyMatch(decision -> !(decision.event() instanceof ClusterEvent.RecordRefused));
    }

    /** The state after the turn, with its journal entries counted. */
    ClusterState after() {
        return turn.state().withEntries(1 + turn.decisions().size());
    }
}
