package dev.holdfast.simulator.world;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.NonVoter;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.fault.Planned;
import dev.holdfast.simulator.invariant.AnswersInTime;
import dev.holdfast.simulator.invariant.NothingFails;
import dev.holdfast.simulator.invariant.Violation;
import dev.holdfast.simulator.mutation.Parts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** One run: a cluster of which only the seed knows what will happen to it. */
public final class Simulation {

    /** Long enough for every back-off there is, besides what the timing itself asks for. */
    private static final long BACK_OFFS = 150 * Chance.SECOND;

    /**
     * What is to be run.
     *
     * @param leftOut indices of planned faults that are not to happen
     */
    public record Order(long seed, int nodes, List<Fault> faults, Parts parts, Set<Integer> leftOut) {

        public Order {
            faults = List.copyOf(faults);
            leftOut = Set.copyOf(leftOut);
        }

        public Order without(Set<Integer> indices) {
            return new Order(seed, nodes, faults, parts, indices);
        }
    }

    /**
     * What came of it.
     *
     * @param violation null if every invariant held
     * @param plan the faults that were planned, also those left out
     * @param trace a hash of all that happened: equal for equal runs
     */
    public record Result(
            long seed, long events, Violation violation, List<Planned> plan, long trace, Coverage coverage) {}

    private final Order order;
    private final Coverage coverage = new Coverage();
    private final World world;
    private final List<String> guests = new ArrayList<>();
    private final Strikes strikes;
    private final List<Planned> plan;

    private Simulation(Order order, Story story) {
        this.order = order;
        Chance chance = new Chance(order.seed());
        Chance setting = new Chance(chance.seed());
        this.world = new World(
                new Chance(chance.seed()), order.parts(), Judges.everything(order.parts(), this::rho), coverage, story);
        int count = setting.oneIn(2) ? 1 : 2 + setting.below(3);
        for (int i = 0; i < count; i++) {
            guests.add("guest-" + (i + 1));
        }
        Timing timing = Setup.timing(setting);
        world.settingsAre(timing);
        // Voters are an odd number: a fourth node is no voter, or one that nobody configured, whose beats count for nothing.
        int voting = order.nodes() - (order.nodes() + 1) % 2;
        List<String> voters = new ArrayList<>();
        List<NonVoter> others = new ArrayList<>();
        for (int i = 0; i < order.nodes(); i++) {
            boolean bare = order.parts().onlyBareWatchdogs() || setting.oneIn(3);
            String name = "n" + (i + 1);
            if (i < voting) {
                voters.add(name);
            } else if (setting.oneIn(2)) {
                others.add(new NonVoter(name, i + 1, null));
            }
            world.machines.add(new Machine(world, name, bare));
        }
        this.strikes = new Strikes(world, guests);
        this.plan = List.copyOf(plan(new Chance(chance.seed()), timing));
        begin(setting, Setup.settings(1, voters, others, timing));
    }

    private double rho() {
        return world.rho();
    }

    /** Runs it. */
    public static Result run(Order order, Story story) {
        return run(order, story, Onlooker.NOBODY);
    }

    /** Runs it before somebody's eyes. */
    public static Result run(Order order, Story story, Onlooker onlooker) {
        Simulation simulation = new Simulation(order, story);
        simulation.world.watchedBy(onlooker);
        return simulation.run();
    }

    /** Some kinds of faults only, so that runs differ in kind; each several times. */
    private List<Planned> plan(Chance chance, Timing timing) {
        List<Fault> kinds = new ArrayList<>(order.faults());
        int keep = kinds.size() <= 4 ? kinds.size() : 3 + chance.below(kinds.size() - 3);
        while (kinds.size() > keep) {
            kinds.remove(chance.below(kinds.size()));
        }
        long end = 6 * timing.silenceUntilFenced().toNanos() + chance.millis(10_000, 60_000);
        world.chaosEndsAt(end);
        int count = 4 + chance.below(28);
        List<Planned> all = new ArrayList<>();
        long at = 0;
        int target = 0;
        for (int i = 0; i < count && !kinds.isEmpty(); i++) {
            // Many come close on the heels of another one, and on the same machine: it is coincidences that hurt.
            boolean another = at > 0 && chance.oneIn(2);
            at = another ? Math.min(end - 1, at + chance.millis(0, 3_000)) : chance.between(3 * Chance.SECOND, end);
            target = another && !chance.oneIn(3) ? target : chance.below(order.nodes());
            all.add(new Planned(i, chance.of(kinds), at, target, chance.seed()));
        }
        all.sort(Comparator.comparingLong(Planned::atNanos));
        return all;
    }

    private void begin(Chance setting, ClusterSettings settings) {
        world.log.write(world.log.settings, "cluster", settings);
        for (Machine machine : world.machines) {
            world.in(world.chance.millis(0, 500), machine::powerOn);
        }
        for (String guest : guests) {
            world.in(setting.millis(500, 6_000), () -> Beginning.declare(world, guest, setting));
        }
        world.decider.begin();
        for (Planned planned : plan) {
            if (!order.leftOut().contains(planned.index())) {
                world.scheduler.at(planned.atNanos(), () -> strikes.strike(planned));
            }
        }
    }

    private Result run() {
        Violation violation = null;
        try {
            runUntil(world.chaosEnds());
            settle();
            world.invariants.over(world.committed());
        } catch (Violation found) {
            violation = found;
            Violation what = found;
            world.note(() -> "VIOLATION " + what.invariant() + ": " + what.getMessage());
        } catch (RuntimeException failed) {
            violation = NothingFails.violatedBy(failed);
        }
        return new Result(
                order.seed(), world.scheduler.happened(), violation, plan, world.scheduler.trace(), coverage);
    }

    /** @return whether that time came, and not an end to all that can happen before it */
    private boolean runUntil(long time) {
        while (world.now() < time && world.scheduler.next()) {
            // Everything is in what happens next.
        }
        return world.now() >= time;
    }

    /** Everything is repaired, but for a minority at the most; then every guest has as long as any recovery may take. */
    private void settle() {
        strikes.calm();
        world.note(() -> "everything is repaired");
        int mayStayDead = (world.machines.size() - 1) / 2;
        for (Machine machine : world.machines) {
            boolean gone = machine.refused || mayStayDead > 0 && world.chance.oneIn(4);
            if (gone) {
                mayStayDead--;
            }
            if (gone && !machine.refused) {
                machine.powerOff();
            }
            repair(machine, !gone);
        }
        world.decider.lag(0, false);
        Timing longest = Timing.DEFAULT;
        long bound = (long) (4 * longest.silenceUntilFenced().toNanos() * (1 + 4 * world.rho())) + BACK_OFFS;
        long deadline = world.now() + bound;
        boolean goesOn = true;
        while (goesOn && world.now() < deadline) {
            // Where every machine has refused to come back nothing happens any more.
            goesOn = runUntil(Math.min(deadline, world.now() + 5 * Chance.SECOND));
            // Whoever was being stopped meanwhile is started again.
            world.machines.stream().filter(machine -> machine.stopped).forEach(Machine::start);
            if (allWell()) {
                break;
            }
        }
        long atWork = world.machines.stream()
                .filter(machine -> machine.life != null && machine.life.isAtWork()).count();
        if (2 * atWork > world.machines.size()) {
            world.invariants.settled(world.committed(), world.running());
        }
    }

    private boolean allWell() {
        ClusterState state = world.committed();
        return state.guests().values().stream().allMatch(guest -> AnswersInTime.isWell(state, guest));
    }

    private void repair(Machine machine, boolean on) {
        machine.slowLogUntil = 0;
        machine.lostAppendsUntil = 0;
        machine.slowAcksUntil = 0;
        machine.lostAcksUntil = 0;
        machine.failingReceivesUntil = 0;
        machine.slowReceivesUntil = 0;
        machine.silentGuestsUntil = 0;
        machine.failingStarts = 0;
        machine.hangingStart = 0;
        machine.hangingStop = 0;
        machine.promotionCut = false;
        Pools.repair(machine);
        machine.trap = null;
        machine.lateKill = 0;
        machine.cutPeers.clear();
        machine.link.heal();
        if (on) {
            machine.powerOn();
            machine.start();
        }
    }
}
