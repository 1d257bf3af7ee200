package dev.holdfast.simulator.world;

import java.util.ArrayList;
import java.util.List;

/** The process of a node's services: it can stand still or die at any moment, and then does nothing. */
abstract class Services {

    final Machine machine;
    final World world;
    private boolean alive = true;
    private long pausedUntil;
    /** What waits for it to go on; null unless it stands still until it is told to go on. */
    private List<Runnable> held;

    Services(Machine machine) {
        this.machine = machine;
        this.world = machine.world;
    }

    boolean isAlive() {
        return alive;
    }

    /** Nothing of it happens any more. */
    final void ends() {
        alive = false;
    }

    /** Until when it stands still. */
    final long pausedUntil() {
        return Math.max(world.now(), pausedUntil);
    }

    /** Whether less is left of its lease than the watchdog's time. */
    abstract boolean leaseEnds();

    /** Whether it is the one that its machine runs now. */
    abstract boolean isPresent();

    void at(long time, Runnable event) {
        world.scheduler.at(time, () -> run(event));
    }

    void in(long nanos, Runnable event) {
        at(world.now() + nanos, event);
    }

    void run(Runnable event) {
        if (!alive) {
            return;
        }
        if (held != null) {
            held.add(event);
            return;
        }
        long until = Math.max(pausedUntil, machine.suspendedUntil);
        if (until > world.now()) {
            at(until + world.chance.between(0, 2 * Chance.MILLI), event);
        } else {
            event.run();
        }
    }

    void pause(long nanos) {
        pausedUntil = Math.max(pausedUntil, world.now() + nanos);
    }

    /** Stands still until it is told to go on. */
    final void freeze() {
        held = isFrozen() ? held : new ArrayList<>();
    }

    final void thaw() {
        List<Runnable> waiting = isFrozen() ? held : List.of();
        held = null;
        waiting.forEach(event -> in(0, event));
    }

    final boolean isFrozen() {
        return held != null;
    }

    /** Acts on what was just checked: at once, unless a pause was waiting just here. */
    void act(Trap.Place place, Runnable act) {
        long stands = machine.sprung(place, leaseEnds());
        if (stands > 0) {
            pause(stands);
        }
        if (stands > 0 && machine.diesAfterAct) {
            // The first thing it does, and the last one.
            at(pausedUntil, () -> actAndDie(act));
        } else {
            run(act);
        }
    }

    private void actAndDie(Runnable act) {
        act.run();
        if (isPresent()) {
            machine.crashServices();
        }
    }
}
