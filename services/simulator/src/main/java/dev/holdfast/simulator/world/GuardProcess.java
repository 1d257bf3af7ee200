package dev.holdfast.simulator.world;

import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guard.Lapse;
import dev.holdfast.core.guard.Refusal;
import dev.holdfast.core.guard.Watch;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.invariant.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A machine's guard: the product's watchdog over a table of processes that really run. */
final class GuardProcess {

    /** A device does not know the lease: it is fed as if that never ended. */
    private static final Duration UNKNOWN = Duration.ofHours(1);

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
    private final Map<String, Entry> table = new LinkedHashMap<>();
    private Watch watch;
    private Life armedBy;
    private boolean killing;
    private boolean dead;
    private boolean alarmSet;

    GuardProcess(Machine machine) {
        this.machine = machine;
        this.world = machine.world;
        this.watch = new Watch.Unarmed(machine.disk.armed);
    }

    private Duration now() {
        return Duration.ofNanos(machine.leaseNow());
    }

    /** Everything the guard does by itself stands still with its machine. */
    private void at(long time, Runnable event) {
        world.scheduler.at(time, () -> {
            if (dead) {
                return;
            }
            if (machine.suspendedUntil > world.now()) {
                at(machine.suspendedUntil, event);
            } else {
                event.run();
            }
        });
    }

    private void in(long nanos, Runnable event) {
        at(world.now() + nanos, event);
    }

    // ---- the watchdog

    Watch.Step arm(Life life, Duration until, Duration wd) {
        expireIfDue();
        Watch.Step step = world.parts.arm(watch, life.incarnation(), left(until), wd, now());
        if (step instanceof Watch.Step.To && (killing || !table.isEmpty())) {
            return new Watch.Step.Denied(Refusal.GUESTS_ALIVE, "processes of guests are not yet proven dead");
        }
        if (step instanceof Watch.Step.To(Watch next)) {
            machine.disk.armed = life.incarnation();
            armedBy = life;
            watch = next;
            setAlarm();
        }
        return step;
    }

    Watch.Step feed(Life life, Duration until, Duration wd) {
        expireIfDue();
        Watch.Step step = world.parts.feed(watch, life.incarnation(), left(until), wd, now());
        if (step instanceof Watch.Step.To(Watch next)) {
            watch = next;
        }
        return step;
    }

    void checkIn(Incarnation incarnation) {
        expireIfDue();
        if (watch.checkIn(incarnation, now()) instanceof Watch.Step.To(Watch next)) {
            watch = next;
        }
    }

    /** Opens the watchdog once more, which winds it up. */
    void reopen() {
        if (watch instanceof Watch.Armed armed && !armed.isOver(now())) {
            watch = new Watch.Armed(armed.incarnation(), armed.wd(), now().plus(armed.wd()), now());
        }
    }

    private Duration left(Duration until) {
        return machine.bareWatchdog ? UNKNOWN : until.minus(now());
    }

    private void setAlarm() {
        if (!alarmSet && watch instanceof Watch.Armed armed) {
            alarmSet = true;
            at(machine.clock.worldAt(machine.clock.boot() + armed.deadline().minus(now()).toNanos()), this::alarm);
        }
    }

    private void alarm() {
        alarmSet = false;
        expireIfDue();
        setAlarm();
    }

    /** After the machine stood still: what is due is done first. */
    void look() {
        expireIfDue();
    }

    private void expireIfDue() {
        if (watch instanceof Watch.Armed armed && armed.isOver(now())) {
            expire(armed, Lapse.NOT_FED, "not fed for WD");
        }
    }

    void giveUp(Incarnation incarnation) {
        if (watch instanceof Watch.Armed armed && armed.incarnation().equals(incarnation)) {
            expire(armed, Lapse.GIVEN_UP, "the services gave up");
        }
    }

    /** The process that armed is gone; a device would not notice. */
    void connectionClosed(Life life) {
        if (armedBy == life && watch instanceof Watch.Armed armed && !machine.bareWatchdog) {
            expire(armed, Lapse.CONNECTION_CLOSED, "the connection ended");
        }
    }

    boolean disarm(Incarnation incarnation) {
        boolean mine = watch.startDenied(incarnation, now()) == null;
        if (mine && table.isEmpty()) {
            watch = new Watch.Unarmed(incarnation);
            armedBy = null;
        }
        return mine && table.isEmpty();
    }

    private void expire(Watch.Armed armed, Lapse cause, String detail) {
        world.note(() -> machine + ": guard expires: " + detail);
        world.rule(machine.bareWatchdog ? "R5_WATCHDOG_FIRED" : "R5_GUARD_EXPIRED");
        watch = armed.expire(cause, detail, now());
        Life life = armedBy;
        armedBy = null;
        killAll();
        if (life != null) {
            life.guardExpired();
        }
    }

    private void killAll() {
        killing = true;
        long late = machine.lateKill;
        if (late > 0 && !table.isEmpty()) {
            world.struck(Fault.WATCHDOG_LATE);
        }
        for (Entry entry : List.copyOf(table.values())) {
            entry.ending = true;
            if (entry.process != null) {
                in(late + world.chance.millis(1, 60), () -> gone(entry));
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

    /** SIGKILL: its guests have it as their parent and die with it. */
    void die() {
        dead = true;
        List<Entry> all = new ArrayList<>(table.values());
        table.clear();
        all.forEach(this::end);
    }

    /** Whether nothing of an earlier incarnation is alive, so that the next one may begin. */
    boolean isQuiet() {
        boolean atRest = watch instanceof Watch.Unarmed || watch instanceof Watch.Expired;
        return atRest && !killing && table.isEmpty();
    }

    // ---- guests

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

    void start(StartGuest order, Incarnation by, Answer answer) {
        expireIfDue();
        Watch.Step.Denied denied = world.parts.startDenied(watch, by, now());
        if (denied != null) {
            answer.given(denied.reason());
            return;
        }
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
        in(hangs + world.chance.millis(1, 20), () -> launch(entry, by, answer));
    }

    private void launch(Entry entry, Incarnation by, Answer answer) {
        expireIfDue();
        if (entry.ending || world.parts.startDenied(watch, by, now()) != null) {
            table.remove(entry.order.guest(), entry);
            finishKilling();
            answer.given(Refusal.EXPIRED);
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
        in(world.chance.millis(1, 4), () -> answer.given(null));
        if (fails) {
            in(world.chance.millis(1, 200), () -> crash(order.guest(), entry));
        }
    }

    void stop(String guest, long epoch, Answer answer) {
        Entry entry = table.get(guest);
        if (entry == null || entry.order.epoch() != epoch) {
            answer.given(entry == null ? Refusal.NO_SUCH_GUEST : Refusal.OTHER_EPOCH);
            return;
        }
        entry.ending = true;
        in(world.chance.millis(5, 300), () -> {
            gone(entry);
            answer.given(null);
        });
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
        in(world.chance.millis(1, 30), () -> {
            boolean wasThere = table.remove(guest, entry);
            finishKilling();
            if (wasThere && machine.life != null) {
                machine.life.guestExited(guest, entry.order);
            }
        });
        return true;
    }

    List<String> guests() {
        return List.copyOf(table.keySet());
    }
}
