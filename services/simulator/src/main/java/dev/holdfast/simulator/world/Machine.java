package dev.holdfast.simulator.world;

import dev.holdfast.core.agent.IncarnationRule;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.simulator.fault.Fault;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One node's machine: power, clocks, disk, links, a guard, and the services' present life. */
final class Machine {

    final World world;
    final String name;
    final boolean bareWatchdog;
    Disk disk = new Disk();
    final Link link;
    final Set<Machine> cutPeers = new HashSet<>();

    /** Guests of which so many more starts fail here, which may be counted together with other machines. */
    final Map<String, AtomicInteger> startsToFail = new HashMap<>();

    /** Guests that do not end here when they are told to, so many times. */
    final Map<String, AtomicInteger> stopsToFail = new HashMap<>();

    Clock clock;
    /** Of the hardware: another one may take the node's place. */
    String id;
    String bootId;
    GuardProcess guard;
    Life life;
    boolean powered;
    boolean refused;
    /** Lost for good: nobody switches it on, but perhaps another one in its place. */
    boolean lost;
    /** Stopped in an orderly way: only a person starts it again. */
    boolean stopped;
    /** A decision maker here can neither read nor commit. */
    boolean storeFails;
    long suspendedUntil;
    private int boots;
    private int ids = 1;
    private long backOff = Chance.SECOND;

    // What faults have done to it.
    long slowLogUntil;
    long slowLogMost;
    long lostAppendsUntil;
    long slowAcksUntil;
    long slowAcksMost;
    long lostAcksUntil;
    long failingReceivesUntil;
    long slowReceivesUntil;
    long slowReceivesMost;
    long hangingStart;
    long hangingStop;
    int failingStarts;
    boolean promotionCut;
    /** What its services find of the pool of its volumes; null for none. */
    PoolHealth pool;
    /** Whether no snapshot of a stopped volume can be taken, as the pool cannot be read or has no room. */
    boolean poolGivesNothing;
    long silentGuestsUntil;
    long lateKill;
    Trap trap;
    /** How often the place of the trap is passed before. */
    int trapPasses;
    /** Whether the trap that sprang last lets the services die after their act. */
    boolean diesAfterAct;

    Machine(World world, String name, boolean bareWatchdog) {
        this.world = world;
        this.name = name;
        this.bareWatchdog = bareWatchdog;
        this.link = new Link(this);
        this.id = name + "-machine-1";
    }

    // ---- power

    void powerOn() {
        if (powered || lost) {
            return;
        }
        powered = true;
        stopped = false;
        boots++;
        bootId = name + "-boot-" + boots;
        suspendedUntil = 0;
        clock = new Clock(world.scheduler, world.someRate(), world.chance.millis(1_000, 9_000));
        backOff = Chance.SECOND;
        int boot = boots;
        world.in(world.boots.millis(100, 800), () -> {
            if (powered && boots == boot) {
                startGuard();
                startLife(world.chance.millis(10, 500));
            }
        });
        world.note(() -> name + ": power on, " + bootId);
        world.log.changed();
    }

    void powerOff() {
        if (!powered) {
            return;
        }
        world.note(() -> name + ": power lost");
        powered = false;
        if (guard != null) {
            guard.die();
            guard = null;
        }
        if (life != null) {
            life.vanish();
            life = null;
        }
        link.powerLost();
        world.decider.hostLost(this);
        world.log.changed();
    }

    private void startGuard() {
        guard = new GuardProcess(this);
    }

    /** The guard is killed; its guests die with it, the services notice, the supervisor starts another one. */
    void guardDies() {
        if (guard == null) {
            return;
        }
        world.note(() -> name + ": guard dies");
        guard.die();
        guard = null;
        if (life != null) {
            life.guardLost();
        }
        int boot = boots;
        world.in(world.chance.millis(50, 1_000), () -> {
            if (powered && boots == boot && guard == null) {
                startGuard();
            }
        });
    }

    // ---- the services

    private void startLife(long after) {
        int boot = boots;
        world.in(after, () -> {
            if (powered && boots == boot && life == null && !refused && !stopped) {
                life = new Life(this);
                life.begin();
            }
        });
    }

    /** The services died where they stood. */
    void crashServices() {
        if (life == null) {
            return;
        }
        world.note(() -> name + ": services die");
        Life ended = life;
        life = null;
        ended.vanish();
        if (guard != null) {
            guard.connectionClosed(ended);
        }
        startLife(world.chance.millis(500, 3_000));
    }

    /** An incarnation came to its end by itself. */
    void lifeEnded(Life ended, boolean wasWell) {
        if (life == ended) {
            life = null;
            backOff = wasWell ? Chance.SECOND : Math.min(2 * backOff, 30 * Chance.SECOND);
            startLife(backOff);
        }
    }

    void start() {
        stopped = false;
        if (powered && life == null) {
            startLife(world.chance.millis(100, 1_000));
        }
    }

    /** What it knows of itself. */
    IncarnationRule.Machine identity() {
        return new IncarnationRule.Machine(id, bootId, disk.incarnation);
    }

    /** The id of the machine that could be bought to take its place. */
    String nextId() {
        ids++;
        return name + "-machine-" + ids;
    }

    /** Another machine with an empty disk stands where this one stood. */
    void replacedBy(String other) {
        world.note(() -> name + ": is " + other + " now, with an empty disk");
        id = other;
        disk = new Disk();
        refused = false;
        lost = false;
    }

    boolean hearsLog() {
        return powered && link.carriesIn();
    }

    boolean isConnected() {
        return powered && link.carriesOut() && link.carriesIn() && suspendedUntil <= world.now() && !isFrozen();
    }

    // ---- standing still

    /**
     * How long the services stand still now, if a pause was waiting for them here.
     *
     * @param leaseEnds whether less is left of the lease than the watchdog's time
     */
    long sprung(Trap.Place place, boolean leaseEnds) {
        if (trap == null || !trap.waitsFor(place, world.now(), leaseEnds) || trapPasses-- > 0) {
            return 0;
        }
        long stands = trap.stands();
        diesAfterAct = trap.kills();
        trap = null;
        world.struck(Fault.PAUSE);
        world.note(() -> name + ": services stand still " + place + " for " + stands / Chance.MILLI + " ms");
        return stands;
    }

    /** The services stand still until they are told to go on, or are killed; the guard does not. */
    void freezeServices() {
        if (life != null) {
            world.note(() -> name + ": services are frozen");
            life.freeze();
            world.decider.hostLost(this);
            world.log.changed();
        }
    }

    void thawServices() {
        if (isFrozen()) {
            world.note(() -> name + ": services go on");
            life.thaw();
            world.log.changed();
            world.wakeAll();
        }
    }

    private boolean isFrozen() {
        return life != null && life.isFrozen();
    }

    /** The whole machine stands still, guests included. */
    void suspend(long nanos) {
        if (!powered || suspendedUntil > world.now()) {
            return;
        }
        suspendedUntil = world.now() + nanos;
        clock.suspended();
        world.suspended(this);
        world.log.changed();
        int boot = boots;
        world.scheduler.at(suspendedUntil, () -> {
            if (powered && boots == boot) {
                clock.resumed();
                world.note(() -> name + ": resumed");
                world.resumed(this);
                if (guard != null) {
                    guard.look();
                }
                world.log.changed();
                world.wakeAll();
            }
        });
    }

    /** The lease side's clock, as guard and services read it. */
    long leaseNow() {
        return world.parts.leaseClock(clock.boot(), clock.raw());
    }

    @Override
    public String toString() {
        return name;
    }
}
