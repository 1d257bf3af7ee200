package dev.holdfast.simulator.world;

import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guard.Refusal;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.invariant.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The processes of guests under one guard: it starts, stops and kills them, and they die with it. */
final class GuestProcesses {

    /** How long a stop is waited for. */
    private static final long PATIENCE = 2 * Chance.SECOND;

    /** Told what came of a start or a stop. */
    interface Answer {

        /** @param refusal null if it was done */
        void given(Refusal refusal);
    }

    private static final class Entry {
        private final StartGuest order;
        private Run process;
        private boolean ending;

        private Entry(StartGuest order) {
            this.order = order;
        }
    }

    private final Machine machine;
    private final World world;
    private final GuardProcess guard;
    private final Map<String, Entry> table = new LinkedHashMap<>();
    private boolean killing;

    GuestProcesses(Machine machine, GuardProcess guard) {
        this.machine = machine;
        this.world = machine.world;
        this.guard = guard;
    }

    boolean isEmpty() {
        return table.isEmpty();
    }

    /** Whether all that was to be killed is proven dead. */
    boolean areProvenDead() {
        return !killing && table.isEmpty();
    }

    boolean has(String guest) {
        return table.containsKey(guest);
    }

    boolean has(String guest, long epoch) {
        Entry entry = table.get(guest);
        return entry != null && entry.order.epoch() == epoch;
    }

    boolean runs(String guest, long epoch) {
        Entry entry = table.get(guest);
        return entry != null && entry.order.epoch() == epoch && entry.process != null;
    }

    List<String> names() {
        return List.copyOf(table.keySet());
    }

    // ---- starting and stopping

    void start(StartGuest order, Incarnation by, Answer answer) {
        if (table.containsKey(order.guest())) {
            answer.given(Refusal.ALREADY_RUNNING);
            return;
        }
        Entry entry = new Entry(order);
        table.put(order.guest(), entry);
        long hangs = machine.hangingStart;
        machine.hangingStart = 0;
        if (hangs > 0) {
            world.struck(Fault.START_HANGS);
        }
        guard.in(hangs + world.chance.millis(1, 20), () -> launch(entry, by, answer));
    }

    private void launch(Entry entry, Incarnation by, Answer answer) {
        boolean denied = guard.startDenied(by) != null;
        if (entry.ending || denied) {
            table.remove(entry.order.guest(), entry);
            finishKilling();
            answer.given(Refusal.EXPIRED);
            return;
        }
        if (fails(machine.startsToFail, entry.order.guest())) {
            table.remove(entry.order.guest(), entry);
            answer.given(Refusal.LAUNCH_FAILED);
            return;
        }
        boolean fails = machine.failingStarts > 0;
        if (fails) {
            machine.failingStarts--;
            world.struck(Fault.START_FAILS);
        }
        if (fails && world.chance.oneIn(2)) {
            table.remove(entry.order.guest(), entry);
            answer.given(Refusal.LAUNCH_FAILED);
            return;
        }
        StartGuest order = entry.order;
        entry.process = new Run(order.guest(), machine.name, by, order.epoch());
        world.started(entry.process, machine);
        guard.in(world.chance.millis(1, 4), () -> answer.given(null));
        if (fails) {
            guard.in(world.chance.millis(1, 200), () -> crash(order.guest(), entry));
        }
    }

    void stop(String guest, long epoch, Answer answer) {
        Entry entry = table.get(guest);
        if (entry == null || entry.order.epoch() != epoch) {
            answer.given(entry == null ? Refusal.NO_SUCH_GUEST : Refusal.OTHER_EPOCH);
            return;
        }
        if (fails(machine.stopsToFail, guest)) {
            guard.in(PATIENCE, () -> answer.given(Refusal.NO_ANSWER));
            return;
        }
        long hangs = machine.hangingStop;
        machine.hangingStop = 0;
        if (hangs > 0) {
            world.struck(Fault.STOP_HANGS);
            guard.in(PATIENCE, () -> answer.given(Refusal.NO_ANSWER));
            guard.in(PATIENCE + hangs, () -> crash(guest, entry));
            return;
        }
        entry.ending = true;
        guard.in(world.chance.millis(5, 300), () -> {
            gone(entry);
            answer.given(null);
        });
    }

    private static boolean fails(Map<String, AtomicInteger> failures, String guest) {
        AtomicInteger left = failures.get(guest);
        return left != null && left.getAndDecrement() > 0;
    }

    /** A guest ends by itself; the services hear of it once nothing of it is left. */
    boolean crash(String guest) {
        return crash(guest, table.get(guest));
    }

    private boolean crash(String guest, Entry entry) {
        if (entry == null || entry.process == null || entry.ending) {
            return false;
        }
        end(entry);
        guard.in(world.chance.millis(1, 30), () -> {
            boolean wasThere = table.remove(guest, entry);
            finishKilling();
            if (wasThere && machine.life != null) {
                machine.life.guestExited(guest, entry.order);
            }
        });
        return true;
    }

    // ---- killing

    /** The guard expired. */
    void killAll() {
        killing = true;
        long late = machine.lateKill;
        if (late > 0 && !table.isEmpty()) {
            world.struck(Fault.WATCHDOG_LATE);
        }
        for (Entry entry : List.copyOf(table.values())) {
            entry.ending = true;
            if (entry.process != null) {
                guard.in(late + world.chance.millis(1, 60), () -> gone(entry));
            }
        }
        finishKilling();
    }

    private void finishKilling() {
        if (table.isEmpty()) {
            killing = false;
        }
    }

    private void gone(Entry entry) {
        end(entry);
        table.remove(entry.order.guest(), entry);
        finishKilling();
    }

    private void end(Entry entry) {
        if (entry.process != null) {
            world.ended(entry.process, machine);
            entry.process = null;
        }
    }

    /** Their guard was killed: it is their parent, and they die with it. */
    void dieWithGuard() {
        List<Entry> all = new ArrayList<>(table.values());
        table.clear();
        all.forEach(this::end);
    }
}
