package dev.holdfast.simulator.invariant;

import dev.holdfast.core.message.Input;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import java.util.Collection;
import java.util.List;

/** Whatever runs is in P(guest) of the committed state. */
public final class RunningIsPossible extends Invariant {

    private ClusterState committed = ClusterState.EMPTY;

    @Override
    public String sentence() {
        return "a guest that runs is among its possible runners";
    }

    @Override
    public void started(Run run, Collection<Run> running) {
        check(run);
    }

    @Override
    public void resumed(Run run, Collection<Run> running) {
        started(run, running);
    }

    @Override
    public void committed(List<Input> inputs, ClusterState state, Collection<Run> running) {
        committed = state;
        for (Run run : running) {
            check(run);
        }
    }

    private void check(Run run) {
        GuestState guest = committed.guests().get(run.guest());
        if (guest == null || !guest.runners().contains(run.runner())) {
            fail(run + " runs; the log knows " + (guest == null ? "no such guest" : guest.runners()) + " as possible");
        }
    }
}
