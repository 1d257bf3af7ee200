package dev.holdfast.core.decide;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.state.ClusterState;
import java.util.List;

/**
 * Every decision of Holdfast: {@code decide(state, input)}. Live it runs as one named processor per stage; replay
 * and simulation run it as a whole. The order of the stages is part of the protocol: what a beat proves about the
 * living is known before what it proves about the dead, and both before anything is placed.
 */
public final class DecisionMaker {

    public static final List<Stage> STAGES = List.of(new Liveness(), new Quorum(), new Fencing(), new Placement());

    /** What one input came to. */
    public record Outcome(ClusterState state, List<Decision> decisions) {}

    private DecisionMaker() {}

    /**
     * Folds one input.
     *
     * @throws IllegalStateException if an event cannot be applied: fatal, the caller must stop
     */
    public static Outcome decide(ClusterState state, Input input) {
        Turn turn = new Turn(state, input);
        STAGES.forEach(stage -> stage.run(turn));
        return new Outcome(turn.state(), turn.decisions());
    }
}
