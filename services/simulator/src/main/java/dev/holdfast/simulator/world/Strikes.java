package dev.holdfast.simulator.world;

import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.simulator.fault.Planned;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes planned faults happen. What a fault leaves to chance comes from its own seed, so that others may be left out. */
final class Strikes {

    private final World world;
    private final Requests requests;
    private final LogStrikes ofLog;
    private boolean calm;

    Strikes(World world, List<String> guests) {
        this.world = world;
        this.requests = new Requests(world, guests);
        this.ofLog = new LogStrikes(world, () -> calm);
    }

    /** From now on nothing new happens. */
    void calm() {
        calm = true;
    }

    void strike(Planned planned) {
        if (calm) {
            return;
        }
        Chance chance = new Chance(planned.seed());
        Machine machine = world.machines.get(planned.target());
        long now = world.now();
        long span = timing().silenceUntilFenced().toNanos();
        world.note(() -> "FAULT " + planned.index() + " " + planned.fault().id() + " (" + machine + ")");
        switch (planned.fault()) {
            case SLOW_LOG -> {
                machine.slowLogUntil = now + chance.between(Chance.SECOND, span);
                machine.slowLogMost = chance.between(Chance.SECOND / 2, span);
                struck(planned);
            }
            case LOST_APPENDS -> {
                machine.lostAppendsUntil = now + chance.between(Chance.SECOND, span);
                struck(planned);
            }
            case SLOW_ACKS -> {
                machine.slowAcksUntil = now + chance.between(Chance.SECOND, span);
                machine.slowAcksMost = chance.between(Chance.SECOND / 2, span);
                struck(planned);
            }
            case LOST_ACKS -> {
                machine.lostAcksUntil = now + chance.between(Chance.SECOND, span);
                struck(planned);
            }
            case PAUSE -> pause(planned, chance, machine, span);
            case AGENT_CRASH -> crash(planned, machine);
            case STATE_LOST -> {
                if (machine.life != null && standing() > world.machines.size() / 2 + 1) {
                    machine.disk.incarnation = null;
                    crash(planned, machine);
                }
            }
            case GUARD_DEATH -> {
                if (machine.guard != null) {
                    struck(planned);
                    machine.guardDies();
                }
            }
            case CUT_OUT -> cut(planned, chance, machine, true, false, span);
            case CUT_IN -> cut(planned, chance, machine, false, true, span);
            case CUT_OFF -> cut(planned, chance, machine, true, true, span);
            case PEER_CUT -> cutPeers(planned, chance, machine);
            case POWER_LOSS -> powerLoss(planned, chance, List.of(machine), span);
            case POWER_LOSS_MANY -> powerLoss(planned, chance, some(chance, 2), span);
            case OUTAGE -> powerLoss(planned, chance, world.machines, span);
            case STALL -> {
                struck(planned);
                world.log.stall(chance.between(Chance.SECOND / 2, span));
            }
            case DECIDER_KILLED -> world.decider.killAfter(1 + chance.below(60));
            case DECIDER_LAG -> {
                struck(planned);
                world.decider.lag(now + chance.between(Chance.SECOND, span), chance.oneIn(2));
            }
            case CONSUMER_LAG -> {
                if (machine.life != null) {
                    struck(planned);
                    machine.life.lagsUntil(now + chance.between(Chance.SECOND, span));
                }
            }
            case RE_READ -> {
                if (machine.life != null && machine.life.isAtWork()) {
                    struck(planned);
                    machine.life.readAgain(1 + chance.below(12));
                }
            }
            case DRIFT -> drift(planned, machine, 1 + world.rho() * 0.99 * Math.signum(chance.lean()));
            case CLOCK_WRONG -> drift(planned, machine, 1 + chance.lean() * 0.6);
            case SUSPEND -> {
                if (machine.powered && machine.life != null) {
                    long until = Math.min(now + chance.between(Chance.SECOND, span), machine.life.coveredUntil());
                    suspend(planned, machine, until - now);
                }
            }
            case FROZEN -> suspend(planned, machine, span + chance.between(span / 4, span));
            case START_HANGS -> machine.hangingStart = chance.between(Chance.SECOND, span);
            case STOP_HANGS -> machine.hangingStop = chance.between(Chance.SECOND, span);
            case START_FAILS -> machine.failingStarts = 1 + chance.below(4);
            case GUEST_CRASH -> {
                List<String> there = machine.guard == null ? List.of() : machine.guard.guests().names();
                if (!there.isEmpty() && machine.guard.guests().crash(chance.of(there))) {
                    struck(planned);
                }
            }
            case GUEST_SILENT -> machine.silentGuestsUntil = now + chance.between(Chance.SECOND, span);
            case REPLICATION_FAILS -> machine.failingReceivesUntil = now + chance.between(Chance.SECOND, 2 * span);
            case REPLICATION_LAGS -> {
                machine.slowReceivesUntil = now + chance.between(Chance.SECOND, span);
                machine.slowReceivesMost = chance.between(Chance.SECOND, 3 * span);
            }
            case POOL -> {
                struck(planned);
                Pools.strike(world, machine, chance, chance.between(Chance.SECOND, 3 * span));
            }
            case PROMOTION_CUT -> machine.promotionCut = true;
            case COMMAND -> {
                struck(planned);
                requests.command(chance, machine);
            }
            case SETTINGS -> {
                struck(planned);
                requests.settings(chance);
            }
            case NODE_STOPPED -> stop(chance, machine, span);
            case REPLACED -> {
                if (!machine.lost && standing() > world.machines.size() / 2 + 1) {
                    new Replacement(world, requests, machine).begin(chance);
                }
            }
            case LOG_GAP -> ofLog.gap(planned, chance, machine, span);
            case LOG_TRUNCATED -> ofLog.truncate(planned, chance, machine, span);
            case LOST_UNSEEN -> ofLog.loseUnseen(planned, chance, machine, span);
            case WATCHDOG_LATE -> machine.lateKill = chance.between(span / 2, 2 * span);
        }
    }

    private void struck(Planned planned) {
        world.struck(planned.fault());
    }

    private Timing timing() {
        return world.settings().timing();
    }

    private int standing() {
        return (int) world.machines.stream().filter(machine -> !machine.refused && !machine.lost).count();
    }

    private void pause(Planned planned, Chance chance, Machine machine, long span) {
        if (!machine.powered) {
            return;
        }
        long wd = timing().wd().toNanos();
        boolean aboutWd = chance.oneIn(2);
        long stands = aboutWd
                ? chance.between(wd / 3, wd)
                : chance.between(Chance.SECOND / 5, chance.oneIn(2) ? span / 2 : 2 * span);
        if (machine.life != null && chance.oneIn(4)) {
            struck(planned);
            machine.life.pause(stands);
            return;
        }
        Trap.Place place = Trap.somewhere(chance);
        boolean first = place == Trap.Place.AFTER_FIRST_BEAT;
        boolean atLeaseEnd = !first && aboutWd;
        machine.trapPasses = first ? 0 : chance.below(atLeaseEnd ? 12 : 3);
        machine.trap = new Trap(place, world.now() + 60 * Chance.SECOND, stands, atLeaseEnd, chance.oneIn(2));
    }

    private void crash(Planned planned, Machine machine) {
        if (machine.life != null) {
            struck(planned);
            machine.crashServices();
        }
    }

    private void cut(Planned planned, Chance chance, Machine machine, boolean out, boolean in, long span) {
        if (!machine.powered) {
            return;
        }
        struck(planned);
        electionPerhaps(chance);
        machine.link.cut(out, in);
        world.in(chance.between(Chance.SECOND / 3, 5 * span / 2), machine.link::heal);
    }

    /** The leader of the log was there, perhaps. */
    private void electionPerhaps(Chance chance) {
        if (chance.oneIn(world.machines.size())) {
            world.log.stall(chance.millis(200, 2_500));
        }
    }

    private void cutPeers(Planned planned, Chance chance, Machine machine) {
        struck(planned);
        Machine other = chance.of(world.machines);
        machine.cutPeers.add(other);
        other.cutPeers.add(machine);
        world.in(chance.millis(1_000, 30_000), () -> {
            machine.cutPeers.remove(other);
            other.cutPeers.remove(machine);
        });
    }

    private List<Machine> some(Chance chance, int count) {
        List<Machine> all = new ArrayList<>(world.machines);
        List<Machine> chosen = new ArrayList<>();
        while (chosen.size() < count) {
            chosen.add(all.remove(chance.below(all.size())));
        }
        return chosen;
    }

    private void powerLoss(Planned planned, Chance chance, List<Machine> lost, long span) {
        struck(planned);
        electionPerhaps(chance);
        List<Machine> order = new ArrayList<>(lost);
        Collections.shuffle(order, new java.util.Random(chance.seed()));
        for (Machine machine : order) {
            machine.powerOff();
            long away = chance.between(Chance.SECOND / 2, 2 * span);
            if (lost.size() == 1 && chance.oneIn(3)) {
                fenceAgentSays(chance, machine);
            }
            world.in(away, machine::powerOn);
        }
    }

    /** An agent that reads the power state back as off, of the incarnation that the log knows then. */
    private void fenceAgentSays(Chance chance, Machine machine) {
        NodeState known = world.committed().node(machine.name);
        if (known.incarnation() != null) {
            FenceReport off = new FenceReport(machine.name, known.incarnation(), true, "agent", "off");
            world.in(chance.millis(100, 400), () -> {
                if (!machine.powered) {
                    world.invariants.reported(off);
                    world.log.write(world.log.fenceReports, machine.name, off);
                }
            });
        }
    }

    private void drift(Planned planned, Machine machine, double rate) {
        if (machine.clock != null && machine.suspendedUntil <= world.now()) {
            struck(planned);
            machine.clock.drift(rate);
        }
    }

    private void suspend(Planned planned, Machine machine, long nanos) {
        if (machine.powered && nanos > Chance.SECOND / 10) {
            struck(planned);
            machine.suspend(nanos);
        }
    }

    private void stop(Chance chance, Machine machine, long span) {
        if (machine.life != null) {
            machine.life.stop();
            world.in(chance.between(Chance.SECOND, 2 * span), machine::start);
        }
    }
}
