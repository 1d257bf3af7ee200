package dev.holdfast.simulator.invariant;

import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import java.util.Collection;

/** With a majority at work every guest answers within the bound, or the log says what it waits for. */
public final class AnswersInTime extends Invariant {

    @Override
    public String sentence() {
        return "with a majority connected, every guest of a dead node answers within the bound, or says what it waits for";
    }

    /** Whether that guest is where it should be, or says why not. */
    public static boolean isWell(ClusterState state, GuestState guest) {
        if (!guest.isWanted()) {
            return true;
        }
        boolean answers = guest.phase() instanceof GuestPhase.Running running && running.answering()
                && state.node(running.runner().node()).isLive();
        return answers || guest.phase() instanceof GuestPhase.Idle && guest.waiting() != null;
    }

    @Override
    public void settled(ClusterState state, Collection<Run> running) {
        for (GuestState guest : state.guests().values()) {
            require(isWell(state, guest), guest.name() + " is " + guest.phase() + ", waits for " + guest.waiting()
                    + ", may run on " + guest.runners());
        }
    }
}
