package dev.holdfast.simulator.world;

import dev.holdfast.core.decide.Departure;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.GuestSpecChange;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.ShutdownPolicy;
import dev.holdfast.core.node.NonVoter;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.simulator.invariant.NothingFails;
import dev.holdfast.simulator.invariant.Run;
import dev.holdfast.simulator.invariant.Violation;
import dev.holdfast.simulator.mutation.Parts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A cluster to which nothing happens but what it is told: every message takes its usual time, nothing fails by itself.
 * All machines are off at first. Every invariant is judged after every event.
 */
public final class SteadyCluster {

    private static final long AGAIN = 500 * Chance.MILLI;

    private static final long DRAIN_TIMEOUT = 120 * Chance.SECOND;

    private final World world;
    private int asked;

    /**
     * @param voters 3, 5 or 7
     * @param others nodes that are no voters
     * @param decisionMakerOn where the decision maker is whenever it can be there; null for wherever
     * @param seed decides how long each machine takes to boot, and so when within a beat it beats
     */
    public SteadyCluster(
            List<String> voters, List<String> others, Timing timing, Duration coldStartWait, String decisionMakerOn,
            long seed, Onlooker onlooker) {
        this.world = new World(
                Chance.none(), new Chance(seed), Parts.REAL, Judges.everything(Parts.REAL, this::rho), new Coverage(),
                Story.untold());
        world.watchedBy(onlooker);
        world.settingsAre(timing);
        voters.forEach(name -> world.machines.add(new Machine(world, name, false)));
        others.forEach(name -> world.machines.add(new Machine(world, name, false)));
        world.decider.prefer(decisionMakerOn == null ? null : world.machine(decisionMakerOn));
        world.log.write(world.log.settings, "cluster", new ClusterSettings(
                1, "cluster-1", Setup.TOPIC_ID, voters, nonVoters(voters.size(), others), timing, coldStartWait, ClusterSettings.SUSPECT_ROUNDS,
                "simulator", "simulated"));
        world.decider.begin();
    }

    private static List<NonVoter> nonVoters(int voters, List<String> names) {
        List<NonVoter> all = new ArrayList<>();
        names.forEach(name -> all.add(new NonVoter(name, voters + all.size() + 1, null)));
        return all;
    }

    private double rho() {
        return world.rho();
    }

    // ---- time

    /** Virtual nanoseconds since the beginning. */
    public long now() {
        return world.now();
    }

    /** Does something at that time, or now if it is over. */
    public void at(long nanos, Runnable act) {
        world.scheduler.at(nanos, act);
    }

    /**
     * Lets happen what happens before that time.
     *
     * @throws Violation if an invariant does not hold, or some part of the product fails
     */
    public void runUntil(long nanos) {
        try {
            while (world.scheduler.isDue(nanos)) {
                world.scheduler.next();
            }
            world.scheduler.advanceTo(nanos);
        } catch (Violation violation) {
            throw violation;
        } catch (RuntimeException failed) {
            throw NothingFails.violatedBy(failed);
        }
    }

    /**
     * Judges what can be judged at the end of a run only.
     *
     * @throws Violation if an invariant does not hold
     */
    public void over() {
        world.invariants.over(world.committed());
    }

    // ---- machines

    public void powerOn(String node) {
        world.machine(node).powerOn();
    }

    public void powerOff(String node) {
        world.machine(node).powerOff();
    }

    /** The node's services stand still; its guard does not. */
    public void freeze(String node) {
        world.machine(node).freezeServices();
    }

    public void thaw(String node) {
        world.machine(node).thawServices();
    }

    public void killGuard(String node) {
        world.machine(node).guardDies();
    }

    public void killServices(String node) {
        world.machine(node).crashServices();
    }

    /** Its services end in an orderly way, once nothing of a guest is left. */
    public void stop(String node) {
        Machine machine = world.machine(node);
        if (machine.life != null) {
            machine.life.stop();
        }
    }

    /** Has it give its guests away, and stops it once none of them needs it any more. */
    public void drainAndStop(String node) {
        ask(new OperatorCommand.ShutdownNode(node, ShutdownPolicy.MIGRATE, false));
        world.in(AGAIN, () -> stopOnceDrained(node, world.now() + DRAIN_TIMEOUT));
    }

    private void stopOnceDrained(String node, long deadline) {
        if (Departure.holding(state(), node).isEmpty()) {
            stop(node);
        } else if (world.now() < deadline) {
            world.in(AGAIN, () -> stopOnceDrained(node, deadline));
        }
    }

    /** Starts services that were stopped. */
    public void start(String node) {
        world.machine(node).start();
    }

    public boolean isOn(String node) {
        return world.machine(node).powered;
    }

    /** Whether its services were stopped in an orderly way and are over. */
    public boolean isStopped(String node) {
        return world.machine(node).stopped;
    }

    /** Whether its services have come to their first beat. */
    public boolean isAtWork(String node) {
        Machine machine = world.machine(node);
        return machine.life != null && machine.life.isAtWork();
    }

    /** What the node finds of its pool from now on. */
    public void poolIs(String node, PoolHealth health) {
        world.machine(node).pool = health;
    }

    // ---- links and log

    /** Cuts a node and the log off from each other. */
    public void cut(String node) {
        world.machine(node).link.cut(true, true);
    }

    public void heal(String node) {
        world.machine(node).link.heal();
    }

    /** Two nodes cannot replicate to each other. */
    public void cutReplication(String one, String other) {
        world.machine(one).cutPeers.add(world.machine(other));
        world.machine(other).cutPeers.add(world.machine(one));
    }

    public void healReplication(String one, String other) {
        world.machine(one).cutPeers.remove(world.machine(other));
        world.machine(other).cutPeers.remove(world.machine(one));
    }

    /** The log takes and gives nothing for so long. */
    public void stall(long nanos) {
        world.log.stall(nanos);
    }

    /** A decision maker on that node can neither read nor commit, while the node's beats are acknowledged. */
    public void storeFails(String node, boolean failing) {
        world.machine(node).storeFails = failing;
        if (failing) {
            world.decider.hostLost(world.machine(node));
        }
    }

    /** The node that the decision maker is on; null while it is on none. */
    public String decisionMaker() {
        return world.decider.at();
    }

    // ---- guests

    /** The guest ends by itself; false if it runs nowhere. */
    public boolean crash(String guest) {
        return world.machines.stream().anyMatch(machine ->
                machine.guard != null && machine.guard.guests().crash(guest));
    }

    /** So many starts of the guest fail from now on. */
    public void failStarts(String guest, String onlyOn, int count) {
        AtomicInteger left = new AtomicInteger(count);
        for (Machine machine : world.machines) {
            if (onlyOn == null || machine.name.equals(onlyOn)) {
                machine.startsToFail.put(guest, left);
            }
        }
    }

    /** So many stops of the guest fail on each node from now on: it goes on running. */
    public void failStops(String guest, int count) {
        world.machines.forEach(machine -> machine.stopsToFail.put(guest, new AtomicInteger(count)));
    }

    public void declare(GuestSpec spec) {
        onceTheLogTakesIt(() -> world.log.write(world.log.specs, spec.name(), new GuestSpecChange(
                nextId(), "operator", "scripted", Instant.EPOCH, spec)));
    }

    public void ask(OperatorCommand.Request request) {
        onceTheLogTakesIt(() -> world.log.write(world.log.operator, request.target(), new OperatorCommand(
                nextId(), "operator", "scripted", Instant.EPOCH, request)));
    }

    private String nextId() {
        asked++;
        return "command-" + asked;
    }

    private void onceTheLogTakesIt(Runnable write) {
        if (world.log.available()) {
            write.run();
        } else {
            world.in(AGAIN, () -> onceTheLogTakesIt(write));
        }
    }

    /** What physically runs now. */
    public Collection<Run> running() {
        return List.copyOf(world.running());
    }

    /** What the log says, as far as it is committed. */
    public ClusterState state() {
        return world.committed();
    }
}
