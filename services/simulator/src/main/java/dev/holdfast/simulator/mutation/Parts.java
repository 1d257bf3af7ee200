package dev.holdfast.simulator.mutation;

import dev.holdfast.core.agent.StartRule;
import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guard.Watch;
import dev.holdfast.core.lease.ChainedLease;
import dev.holdfast.core.lease.Lease;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.core.volume.VolumeRule;
import java.time.Duration;

/**
 * What the simulated cluster is made of where safety hangs on it. Each method is the product's own code; a mutation
 * overrides the one or two that it breaks.
 */
public class Parts {

    /** The product as it is. */
    public static final Parts REAL = new Parts();

    protected Parts() {}

    public DecisionMaker.Outcome decide(ClusterState state, Input input) {
        return DecisionMaker.decide(state, input);
    }

    public Lease lease() {
        return new ChainedLease();
    }

    /** The lease side's clock, of the two that a machine has: the larger advance. */
    public long leaseClock(long boot, long raw) {
        return boot;
    }

    public StartRule.Verdict judgeStart(StartGuest order, StartRule.Facts facts) {
        return StartRule.judge(order, facts);
    }

    /** Whether the floor of a start is filed before it. */
    public boolean filesStartFloor() {
        return true;
    }

    public Watch.Step arm(Watch watch, Incarnation incarnation, Duration left, Duration wd, Duration now) {
        return watch.arm(incarnation, left, wd, now);
    }

    public Watch.Step feed(Watch watch, Incarnation incarnation, Duration left, Duration wd, Duration now) {
        return watch.feed(incarnation, left, wd, now);
    }

    /** Why the guard does not start a guest; null if it does. */
    public Watch.Step.Denied startDenied(Watch watch, Incarnation incarnation, Duration now) {
        return watch.startDenied(incarnation, now);
    }

    /** Whether every guard of the run is a bare watchdog, which knows nothing of the lease, as a device is. */
    public boolean onlyBareWatchdogs() {
        return false;
    }

    /** Whether every attempt to begin opens the watchdog again. */
    public boolean reopensAtBegin() {
        return false;
    }

    /** Whether the end of the guard ends the incarnation. */
    public boolean lapsesWithGuard() {
        return true;
    }

    /** Whether a node does one thing after the other for one guest. */
    public boolean oneAfterTheOther() {
        return true;
    }

    public boolean floorForbids(ReplicaFloor present, ReplicaFloor asked) {
        return VolumeRule.forbids(present, asked);
    }

    public boolean filesReplicaFloor(ReplicaFloor asked) {
        return true;
    }
}
