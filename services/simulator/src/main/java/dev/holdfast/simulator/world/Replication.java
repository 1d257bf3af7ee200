package dev.holdfast.simulator.world;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.core.volume.ReplicaFloor.Purpose;
import dev.holdfast.core.volume.VolumeRule;
import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.invariant.VolumeChange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replication of one life: snapshots of what it runs, increments to the others, and orders about volumes (R11). */
final class Replication {

    private static final long FIRST = Chance.SECOND;
    private static final long LOOK = 200 * Chance.MILLI;
    private static final long STALL_LIMIT = 10 * Chance.SECOND;
    private static final int FINAL_ATTEMPTS = 3;

    /** One receive under way on this node. */
    private static final class Receive {
        private final String guest;
        private boolean killed;

        private Receive(String guest) {
            this.guest = guest;
        }
    }

    /** Told what came of sending one snapshot. */
    private interface Sent {

        void ended(boolean arrived, String why);
    }

    private final Life life;
    private final Machine machine;
    private final World world;
    private final VolumeOrders orders;
    private final Map<String, StartGuest> owned = new HashMap<>();
    /** Per guest the epoch under which it is not copied by the plan. */
    private final Map<String, Long> held = new HashMap<>();

    private final Map<String, Integer> feeding = new HashMap<>();
    private final List<Receive> receives = new ArrayList<>();
    private final Map<String, Deque<Runnable>> queues = new HashMap<>();
    private final Map<String, Boolean> busy = new HashMap<>();

    Replication(Life life) {
        this.life = life;
        this.machine = life.machine;
        this.world = life.world;
        this.orders = new VolumeOrders(life, this);
    }

    void close() {
        receives.forEach(receive -> receive.killed = true);
        receives.clear();
    }

    // ---- the owner

    void own(StartGuest start) {
        owned.put(start.guest(), start);
        awaitRunning(start);
    }

    private void awaitRunning(StartGuest start) {
        if (owned.get(start.guest()) != start) {
            return;
        }
        if (runs(start)) {
            life.in(FIRST, () -> replicate(start));
        } else if (world.now() < world.chaosEnds() + 600 * Chance.SECOND) {
            life.in(LOOK, () -> awaitRunning(start));
        }
    }

    private boolean runs(StartGuest start) {
        return machine.guard != null && machine.guard.guests().runs(start.guest(), start.epoch());
    }

    private void replicate(StartGuest start) {
        if (owned.get(start.guest()) != start || !runs(start)) {
            return;
        }
        if (!Long.valueOf(start.epoch()).equals(held.get(start.guest()))) {
            copy(start);
        }
        life.in(start.spec().replication().interval().toNanos(), () -> replicate(start));
    }

    private void copy(StartGuest start) {
        Snapshot snapshot = snapshot(start.guest(), start.epoch(), false);
        for (Machine target : world.machines) {
            String key = start.guest() + "/" + target.name;
            if (target != machine && feeding.getOrDefault(key, 0) == 0) {
                feeding.merge(key, 1, Integer::sum);
                send(start.guest(), snapshot, target, (arrived, why) -> {
                    feeding.merge(key, -1, Integer::sum);
                    if (!arrived && owned.get(start.guest()) == start) {
                        life.replicaReports.file(new ReplicaReport.ReplicationFailed(
                                start.guest(), machine.name, life.incarnation(), target.name, why, 1, snapshot, null));
                    }
                });
            }
        }
    }

    private void hold(GuestEvent.HoldReplication order) {
        if (order.hold()) {
            held.put(order.guest(), order.epoch());
        } else {
            held.remove(order.guest());
        }
    }

    private void copyNow(GuestEvent.ReplicateNow order) {
        StartGuest start = owned.get(order.guest());
        if (start != null && start.epoch() == order.epoch() && runs(start)) {
            copy(start);
        }
    }

    private Snapshot snapshot(String guest, long epoch, boolean last) {
        Volume volume = machine.disk.volume(guest);
        Volume.Stored newest = volume.newest();
        long sequence = newest != null && newest.snapshot().epoch() == epoch
                ? newest.snapshot().sequence() + 1
                : 1;
        Snapshot snapshot = new Snapshot(
                guest + "-" + epoch + "-" + sequence + "-" + machine.name, epoch, sequence,
                machine.clock.witness(), machine.name, life.incarnation());
        volume.store(new Volume.Stored(snapshot, volume.live));
        if (!last) {
            world.wrote(guest, machine);
        }
        life.replicaReports.file(new ReplicaReport.SnapshotTaken(
                guest, machine.name, life.incarnation(), snapshot, last ? 0 : 5, last));
        return snapshot;
    }

    /** A connection on which nothing moves is cut; what it carried may arrive all the same. */
    private Sent cutWhenItStalls(Sent sent) {
        boolean[] over = new boolean[1];
        Sent once = (arrived, why) -> {
            if (!over[0]) {
                over[0] = true;
                sent.ended(arrived, why);
            }
        };
        life.in(STALL_LIMIT, () -> once.ended(false, "nothing moves"));
        return once;
    }

    private void send(String guest, Snapshot snapshot, Machine target, Sent told) {
        Sent sent = cutWhenItStalls(told);
        Incarnation known = life.seen.incarnation(target.name).orElse(null);
        Volume.Stored stored = machine.disk.volume(guest).find(snapshot.id());
        if (known == null || stored == null || machine.cutPeers.contains(target)) {
            life.in(world.chance.millis(1, 50), () -> sent.ended(false, "unreachable"));
            return;
        }
        long late = 0;
        if (world.now() < target.slowReceivesUntil) {
            world.struck(Fault.REPLICATION_LAGS);
            late = world.chance.between(0, target.slowReceivesMost);
        }
        long before = world.chance.oneIn(2) ? late : 0;
        long during = late - before;
        // The network carries it on even if its sender dies meanwhile.
        world.in(world.chance.millis(1, 10) + before, () -> {
            Life receiver = target.life;
            if (receiver == null || !receiver.isAtWork() || !receiver.incarnation().equals(known)
                    || target.suspendedUntil > world.now()) {
                life.run(() -> sent.ended(false, "not there"));
                return;
            }
            receiver.run(() -> receiver.replication.receive(guest, stored, machine, during, (arrived, why) ->
                    life.in(world.chance.millis(1, 5), () -> sent.ended(arrived, why))));
        });
    }

    // ---- the target

    private void receive(String guest, Volume.Stored incoming, Machine source, long late, Sent sent) {
        long epoch = incoming.snapshot().epoch();
        ReplicaFloor asked = new ReplicaFloor(epoch, Purpose.RECEIVE, life.incarnation());
        if (!admitted(guest, asked)) {
            world.rule("R11_RECEIVE_REFUSED");
            sent.ended(false, "epoch too low");
            return;
        }
        world.invariants.volume(new VolumeChange.Receiving(guest, machine.name, epoch));
        Receive receive = new Receive(guest);
        receives.add(receive);
        life.in(world.chance.millis(5, 120) + late, () -> {
            receives.remove(receive);
            boolean fails = world.now() < machine.failingReceivesUntil && world.chance.oneIn(2);
            if (fails) {
                world.struck(Fault.REPLICATION_FAILS);
            }
            if (receive.killed || fails) {
                world.rule(receive.killed ? "R11_RECEIVE_KILLED" : "RECEIVE_FAILED");
                sent.ended(false, "cut");
                return;
            }
            machine.disk.volume(guest).store(incoming);
            world.invariants.volume(new VolumeChange.Received(guest, machine.name, incoming.snapshot(), epoch));
            life.replicaReports.file(new ReplicaReport.Replicated(
                    guest, machine.name, life.incarnation(), incoming.snapshot(), 1, Duration.ofMillis(5)));
            sent.ended(true, "stored");
        });
    }

    private boolean admitted(String guest, ReplicaFloor asked) {
        ReplicaFloor present = machine.disk.replicaFloors.get(guest);
        if (world.parts.floorForbids(present, asked)) {
            return false;
        }
        if (world.parts.filesReplicaFloor(asked)) {
            machine.disk.replicaFloors.put(guest, VolumeRule.raised(present, asked));
        }
        return true;
    }

    // ---- orders, one after the other for each guest

    void carryOut(GuestEvent.ReplicaCommand command) {
        queues.computeIfAbsent(command.guest(), guest -> new ArrayDeque<>()).add(() -> begin(command));
        goOn(command.guest());
    }

    private void goOn(String guest) {
        Deque<Runnable> queue = queues.get(guest);
        while (!busy.getOrDefault(guest, false) && !queue.isEmpty()) {
            busy.put(guest, true);
            queue.poll().run();
        }
    }

    void done(String guest) {
        busy.put(guest, false);
        goOn(guest);
    }

    private void begin(GuestEvent.ReplicaCommand command) {
        switch (command) {
            case GuestEvent.PromoteReplica promote -> life.in(world.chance.millis(1, 10), () -> orders.promote(promote));
            case GuestEvent.SetAside aside -> life.in(world.chance.millis(1, 10), () -> orders.setAside(aside));
            case GuestEvent.ReplicateFinal last -> replicateFinal(last);
            case GuestEvent.ReplicateNow now -> {
                copyNow(now);
                done(now.guest());
            }
            case GuestEvent.HoldReplication hold -> {
                hold(hold);
                done(hold.guest());
            }
            case GuestEvent.DropAside drop -> {
                life.replicaReports.file(new ReplicaReport.DropAsideDone(
                        drop.guest(), machine.name, life.incarnation(), drop.aside()));
                done(drop.guest());
            }
        }
    }

    String gate(String guest, ReplicaFloor asked) {
        if (VolumeRule.notMine(asked, life.incarnation()).isPresent()) {
            return "another incarnation";
        }
        if (!admitted(guest, asked)) {
            world.rule("R11_ORDER_REFUSED");
            return "the epoch is not higher";
        }
        for (Receive receive : receives) {
            receive.killed |= receive.guest.equals(guest);
        }
        return null;
    }

    boolean inUse(String guest) {
        return machine.guard == null || machine.guard.guests().has(guest);
    }

    private void replicateFinal(GuestEvent.ReplicateFinal order) {
        StartGuest start = owned.get(order.guest());
        boolean nothing = machine.disk.volume(order.guest()).live == null;
        boolean older = start != null && start.epoch() != order.epoch();
        if (older || inUse(order.guest()) || nothing || machine.poolGivesNothing) {
            notReplicated(order, "no snapshot of the stopped volume could be taken", 1);
            return;
        }
        Snapshot last = snapshot(order.guest(), order.epoch(), true);
        sendFinal(order, last, 1);
    }

    private void sendFinal(GuestEvent.ReplicateFinal order, Snapshot last, int attempt) {
        send(order.guest(), last, world.machine(order.target()), (arrived, why) -> {
            if (arrived) {
                done(order.guest());
            } else if (attempt == FINAL_ATTEMPTS) {
                notReplicated(order, why, attempt);
            } else {
                life.in(500 * Chance.MILLI, () -> sendFinal(order, last, attempt + 1));
            }
        });
    }

    private void notReplicated(GuestEvent.ReplicateFinal order, String why, int attempts) {
        life.replicaReports.file(new ReplicaReport.ReplicationFailed(
                order.guest(), machine.name, life.incarnation(), order.target(), why, attempts));
        done(order.guest());
    }
}
