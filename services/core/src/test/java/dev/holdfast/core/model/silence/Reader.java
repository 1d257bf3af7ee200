package dev.holdfast.core.model.silence;

import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.Liveness;

/** A state of the decision maker; equal states are one object, which makes comparing them cheap. */
final class Reader {

    private final ClusterState state;

    /** @param state compared by whoever makes readers */
    Reader(ClusterState state) {
        this.state = state;
    }

    ClusterState state() {
        return state;
    }

    boolean hasFencedA() {
        return state.node("a").liveness() == Liveness.FENCED;
    }
}
