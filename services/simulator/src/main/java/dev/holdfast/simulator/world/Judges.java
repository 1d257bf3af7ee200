package dev.holdfast.simulator.world;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.simulator.invariant.Invariant;
import dev.holdfast.simulator.invariant.LeaseStep;
import dev.holdfast.simulator.invariant.Run;
import dev.holdfast.simulator.invariant.VolumeChange;
import java.util.Collection;
import java.util.List;

/** All invariants of a run, told of everything. */
final class Judges {

    private final List<Invariant> all;

    Judges(List<Invariant> all) {
        this.all = List.copyOf(all);
    }

    void started(Run run, Collection<Run> running) {
        for (Invariant each : all) {
            each.started(run, running);
        }
    }

    void resumed(Run run, Collection<Run> running) {
        for (Invariant each : all) {
            each.resumed(run, running);
        }
    }

    void ended(Run run) {
        for (Invariant each : all) {
            each.ended(run);
        }
    }

    void appended(Heartbeat beat, long offset, long sentNanos, long nowNanos) {
        for (Invariant each : all) {
            each.appended(beat, offset, sentNanos, nowNanos);
        }
    }

    void reported(Message report) {
        for (Invariant each : all) {
            each.reported(report);
        }
    }

    void decided(Decision decision, ClusterState before, ClusterState after, long inputNanos) {
        for (Invariant each : all) {
            each.decided(decision, before, after, inputNanos);
        }
    }

    void committed(List<Input> inputs, ClusterState state, Collection<Run> running) {
        for (Invariant each : all) {
            each.committed(inputs, state, running);
        }
    }

    void lease(LeaseStep step) {
        for (Invariant each : all) {
            each.lease(step);
        }
    }

    void volume(VolumeChange change) {
        for (Invariant each : all) {
            each.volume(change);
        }
    }

    void settled(ClusterState state, Collection<Run> running) {
        for (Invariant each : all) {
            each.settled(state, running);
        }
    }

    void over(ClusterState state) {
        for (Invariant each : all) {
            each.over(state);
        }
    }
}
