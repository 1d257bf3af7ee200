package dev.holdfast.core.decide;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.LastWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Carries the decision maker's orders out as recovery and replication would, and reports. */
final class Orders {

    private static final int MOST_STEPS = 100;

    private final Cluster cluster;
    private final List<GuestEvent.GuestOrder> open = new ArrayList<>();
    private final Map<String, Snapshot> newest = new HashMap<>();
    private long snapshots;

    Orders(Cluster cluster) {
        this.cluster = cluster;
    }

    void noticed(List<Decision> decisions) {
        decisions.stream()
                .map(Decision::event)
                .filter(GuestEvent.GuestOrder.class::isInstance)
                .map(GuestEvent.GuestOrder.class::cast)
                .forEach(open::add);
    }

    /** Orders not carried out so far, oldest first. */
    List<GuestEvent.GuestOrder> open() {
        return List.copyOf(open);
    }

    /** Carries out whatever machines that are up were told, and what follows from it, until nothing is left. */
    void carryOutAll() {
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            GuestEvent.GuestOrder next = open.stream().filter(this::isUp).findFirst().orElse(null);
            if (next == null) {
                return;
            }
            open.remove(next);
            carryOut(next);
        }
        throw new AssertionError("orders never end: " + cluster.events().reversed().subList(0, 12));
    }

    /** Carries out the oldest open order. */
    void carryOutNext() {
        carryOut(open.removeFirst());
    }

    /** Nobody carries out what is open now. */
    void forgetAll() {
        open.clear();
    }

    private boolean isUp(GuestEvent.GuestOrder order) {
        Machine machine = cluster.machine(order.node());
        return machine.up && machine.incarnation.equals(order.incarnation());
    }

    private void carryOut(GuestEvent.GuestOrder order) {
        switch (order) {
            case GuestEvent.StartGuest start -> {
                started(start);
                answers(start.guest(), true);
            }
            case GuestEvent.StopGuest stop -> stopped(runner(stop), stop.guest(), true);
            case GuestEvent.PromoteReplica promote -> promoted(promote);
            case GuestEvent.ReplicateFinal last -> {
                Snapshot snapshot = takeLast(last);
                arrived(last.guest(), last.target(), last.targetIncarnation(), snapshot);
            }
            case GuestEvent.SetAside aside -> cluster.report(new ReplicaReport.SetAsideDone(
                    aside.guest(), aside.node(), aside.incarnation(), aside.epoch(), "aside-1", 42, aside.promoted()));
            case GuestEvent.ReplicateNow now -> { }
            case GuestEvent.HoldReplication hold -> { }
            case GuestEvent.DropAside drop -> cluster.report(new ReplicaReport.DropAsideDone(
                    drop.guest(), drop.node(), drop.incarnation(), drop.aside()));
        }
    }

    void started(GuestEvent.StartGuest start) {
        cluster.machine(start.node()).running.put(start.guest(), start.epoch());
        cluster.report(new GuestReport.GuestStarted(
                start.guest(), start.epoch(), start.node(), start.incarnation(), clock(start.node()), 4711));
    }

    /** The newest start was refused or failed. */
    void startFailed(String guest, boolean refused) {
        startFailed(guest, refused, false);
    }

    /** The newest start was refused, as nothing of the guest is on that node. */
    void noVolume(String guest) {
        startFailed(guest, true, true);
    }

    private void startFailed(String guest, boolean refused, boolean noVolume) {
        Runner runner = takeStart(guest);
        cluster.report(new GuestReport.StartFailed(
                guest, runner.epoch(), runner.node(), runner.incarnation(), clock(runner.node()), refused, noVolume,
                "in a test"));
    }

    /** The newest stop came to nothing: the guest is not known to be dead. */
    void stopFailed(String guest) {
        open.removeIf(order -> order instanceof GuestEvent.StopGuest && order.guest().equals(guest));
        Runner runner = cluster.guest(guest).runners().getFirst();
        cluster.report(new GuestReport.StopFailed(
                guest, runner.epoch(), runner.node(), runner.incarnation(), clock(runner.node()), "in a test"));
    }

    private Runner takeStart(String guest) {
        open.removeIf(order -> order instanceof GuestEvent.StartGuest && order.guest().equals(guest));
        return cluster.guest(guest).runners().getLast();
    }

    /** The probe of the running guest says so. */
    void answers(String guest, boolean answering) {
        Runner runner = cluster.guest(guest).runners().getFirst();
        cluster.report(new GuestReport.GuestHealth(
                guest, runner.epoch(), runner.node(), runner.incarnation(), clock(runner.node()), answering, "probe"));
    }

    /** The guest ends by itself, after its start was confirmed if that is still open. */
    void crashes(String guest) {
        open.stream()
                .filter(order -> order instanceof GuestEvent.StartGuest && order.guest().equals(guest))
                .map(GuestEvent.StartGuest.class::cast)
                .toList()
                .forEach(start -> {
                    open.remove(start);
                    started(start);
                });
        stopped(cluster.guest(guest).runners().getFirst(), guest, false);
    }

    void stopped(Runner runner, String guest, boolean asked) {
        cluster.machine(runner.node()).running.remove(guest);
        cluster.report(new GuestReport.GuestStopped(
                guest, runner.epoch(), runner.node(), runner.incarnation(), clock(runner.node()), asked, "exit 0"));
    }

    void promoted(GuestEvent.PromoteReplica promote) {
        cluster.report(new ReplicaReport.ReplicaPromoted(
                promote.guest(), promote.node(), promote.incarnation(), promote.epoch(), promote.minimum()));
    }

    void promoteFailed(GuestEvent.PromoteReplica promote) {
        open.remove(promote);
        cluster.report(new ReplicaReport.PromoteFailed(
                promote.guest(), promote.node(), promote.incarnation(), promote.epoch(), "in a test"));
    }

    void replicate(String guest, String... targets) {
        LastWriter writer = cluster.guest(guest).lastWriter();
        Snapshot snapshot = snapshot(writer.epoch(), writer.node());
        for (String target : targets) {
            arrived(guest, target, cluster.machine(target).incarnation, snapshot);
        }
    }

    Snapshot takeLast(GuestEvent.ReplicateFinal order) {
        Snapshot snapshot = snapshot(order.epoch(), order.node());
        cluster.report(new ReplicaReport.SnapshotTaken(
                order.guest(), order.node(), order.incarnation(), snapshot, 0, true));
        newest.put(order.guest(), snapshot);
        return snapshot;
    }

    void arrived(String guest, String target, Incarnation incarnation, Snapshot snapshot) {
        cluster.report(new ReplicaReport.Replicated(
                guest, target, incarnation, snapshot, 1000, Duration.ofMillis(10)));
    }

    Snapshot snapshot(long epoch, String owner) {
        snapshots++;
        Machine machine = cluster.machine(owner);
        return new Snapshot(
                "snapshot-" + snapshots, epoch, snapshots, clock(owner), owner, machine.incarnation);
    }

    private Duration clock(String node) {
        return cluster.machine(node).clock(cluster.world());
    }

    private static Runner runner(GuestEvent.GuestOrder order) {
        return new Runner(order.node(), order.incarnation(), order.epoch());
    }
}
