package dev.holdfast.simulator.world;

import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guard.Lapse;
import dev.holdfast.core.guard.Refusal;
import dev.holdfast.core.guard.Watch;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/** A machine's guard: the product's watchdog over a table of processes that really run. */
final class GuardProcess {

    /** A device does not know the lease: it is fed as if that never ended. */
    private static final Duration UNKNOWN = Duration.ofHours(1);

    private static final long RETURN_WITHIN = 5 * Chance.SECOND;

    private final Machine machine;
    private final World world;
    private final GuestProcesses guests;
    private Watch watch;
    private Life armedBy;
    private boolean dead;
    private boolean alarmSet;

    GuardProcess(Machine machine) {
        this.machine = machine;
        this.world = machine.world;
        this.watch = new Watch.Unarmed(machine.disk.armed);
        this.guests = new GuestProcesses(machine, this);
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

    void in(long nanos, Runnable event) {
        at(world.now() + nanos, event);
    }

    // ---- the watchdog

    Watch.Step arm(Life life, Duration until, Duration wd) {
        expireIfDue();
        Watch.Step step = world.parts.arm(watch, life.incarnation(), left(until), wd, now());
        if (step instanceof Watch.Step.To && !guests.areProvenDead()) {
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
        if (mine && guests.isEmpty()) {
            watch = new Watch.Unarmed(incarnation);
            armedBy = null;
        }
        return mine && guests.isEmpty();
    }

    private void expire(Watch.Armed armed, Lapse cause, String detail) {
        world.note(() -> machine + ": guard expires: " + detail);
        world.rule(machine.bareWatchdog ? "R5_WATCHDOG_FIRED" : "R5_GUARD_EXPIRED");
        watch = armed.expire(cause, detail, now());
        Life life = armedBy;
        armedBy = null;
        guests.killAll();
        if (life != null) {
            life.guardExpired();
            killIfHanging(life);
        }
    }

    /** Services that do not come back after that are killed, so that others can be started. */
    private void killIfHanging(Life life) {
        if (life.isFrozen()) {
            in(RETURN_WITHIN, () -> {
                if (life.isFrozen() && machine.life == life) {
                    machine.crashServices();
                }
            });
        }
    }

    /** SIGKILL: its guests have it as their parent and die with it. */
    void die() {
        dead = true;
        guests.dieWithGuard();
    }

    /** Whether nothing of an earlier incarnation is alive, so that the next one may begin. */
    boolean isQuiet() {
        boolean atRest = watch instanceof Watch.Unarmed || watch instanceof Watch.Expired;
        return atRest && guests.areProvenDead();
    }

    // ---- guests

    GuestProcesses guests() {
        return guests;
    }

    /** Why it starts nothing for that incarnation; null if it does. */
    Watch.Step.Denied startDenied(Incarnation by) {
        expireIfDue();
        return world.parts.startDenied(watch, by, now());
    }

    void start(StartGuest order, Incarnation by, GuestProcesses.Answer answer) {
        Watch.Step.Denied denied = startDenied(by);
        if (denied != null) {
            answer.given(denied.reason());
        } else {
            guests.start(order, by, answer);
        }
    }
}
