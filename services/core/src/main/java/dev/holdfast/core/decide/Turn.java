package dev.holdfast.core.decide;

import dev.holdfast.core.event.Cause;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.Fold;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One input on its way through the stages of the decision maker: the state so far and the decisions so far. Each
 * decision is applied at once, so that the next one already sees it.
 */
public final class Turn {

    private final Input input;
    private final List<Decision> decisions = new ArrayList<>();
    private ClusterState state;

    public Turn(ClusterState state, Input input) {
        this.state = state;
        this.input = input;
    }

    public Input input() {
        return input;
    }

    public ClusterState state() {
        return state;
    }

    /** The decisions taken so far, in order. */
    public List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    /** Changes soft state: what reading the input alone makes known. */
    void observe(UnaryOperator<ClusterState> change) {
        state = change.apply(state);
    }

    void decide(Rule rule, Event event) {
        decide(rule, List.of(), event);
    }

    void decide(Rule rule, List<Evidence> evidence, Event event) {
        state = Fold.apply(state.withDecision(), event);
        decisions.add(new Decision(state.decisions(), new Cause(rule, input.at(), state.logOffset(), evidence), event));
    }
}
