package dev.holdfast.simulator.world;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.simulator.invariant.AnswersInTime;
import dev.holdfast.simulator.invariant.EpochsNeverRepeat;
import dev.holdfast.simulator.invariant.EvidenceSuffices;
import dev.holdfast.simulator.invariant.FencedNeverActs;
import dev.holdfast.simulator.invariant.Invariant;
import dev.holdfast.simulator.invariant.LeaseIsUnbroken;
import dev.holdfast.simulator.invariant.LeaseStep;
import dev.holdfast.simulator.invariant.NoDoubleRun;
import dev.holdfast.simulator.invariant.NoRollback;
import dev.holdfast.simulator.invariant.NoSilentLoss;
import dev.holdfast.simulator.invariant.Run;
import dev.holdfast.simulator.invariant.RunningIsPossible;
import dev.holdfast.simulator.invariant.StateIsItsFold;
import dev.holdfast.simulator.invariant.StoppedStaysStopped;
import dev.holdfast.simulator.invariant.UnfitPoolIsNoTarget;
import dev.holdfast.simulator.invariant.VolumeChange;
import dev.holdfast.simulator.mutation.Parts;
import java.util.Collection;
import java.util.List;
import java.util.function.DoubleSupplier;

/** All invariants of a run, told of everything. */
final class Judges {

    private final List<Invariant> all;

    /**
     * Every invariant there is.
     *
     * @param rho the smallest clock error that any settings of the run allow, as it is known then
     */
    static Judges everything(Parts parts, DoubleSupplier rho) {
        return new Judges(List.of(
                new NoDoubleRun(), new LeaseIsUnbroken(), new RunningIsPossible(), new FencedNeverActs(),
                new EpochsNeverRepeat(), new EvidenceSuffices(rho), new NoSilentLoss(), new NoRollback(),
                new StoppedStaysStopped(), new UnfitPoolIsNoTarget(), new StateIsItsFold(parts::decide),
                new AnswersInTime()));
    }

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
