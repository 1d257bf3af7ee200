package dev.holdfast.simulator.invariant;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.ClusterView;
import dev.holdfast.core.state.Progress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;

/** The inputs folded again come to the same decisions and the same state; so do its entities put together again. */
public final class StateIsItsFold extends Invariant {

    private static final int EVERY = 1_000;

    private final BiFunction<ClusterState, Input, DecisionMaker.Outcome> decider;
    private final List<Input> inputs = new ArrayList<>();
    private final Deque<Decision> decisions = new ArrayDeque<>();
    private ClusterState folded = ClusterState.EMPTY;

    /** @param decider what the run decides with */
    public StateIsItsFold(BiFunction<ClusterState, Input, DecisionMaker.Outcome> decider) {
        this.decider = decider;
    }

    @Override
    public String sentence() {
        return "the state is the fold of the events, every 1,000 inputs and at the end";
    }

    @Override
    public void decided(Decision decision, ClusterState before, ClusterState after, long inputNanos) {
        decisions.add(decision);
    }

    @Override
    public void committed(List<Input> read, ClusterState state, Collection<Run> running) {
        inputs.addAll(read);
        if (inputs.size() >= EVERY) {
            compare(state);
        }
    }

    @Override
    public void over(ClusterState state) {
        compare(state);
    }

    private void compare(ClusterState state) {
        for (Input input : inputs) {
            DecisionMaker.Outcome outcome = decider.apply(folded, input);
            folded = outcome.state();
            for (Decision decision : outcome.decisions()) {
                Decision taken = decisions.poll();
                require(decision.equals(taken), "folded again, " + input.at() + " leads to " + decision + ", not " + taken);
            }
        }
        inputs.clear();
        require(decisions.isEmpty(), "the fold does not come to " + decisions.peek());
        require(folded.equals(state), "the fold comes to " + folded + ", not to " + state);
        require(state.equals(ClusterView.of(state).with(Progress.of(state), state.nodes(), state.guests())),
                "the entities do not make the state");
    }
}
