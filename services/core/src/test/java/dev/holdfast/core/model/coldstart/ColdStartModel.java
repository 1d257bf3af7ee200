package dev.holdfast.core.model.coldstart;

import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.model.Model;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Machines that lose power and return in any order, and the product's decision maker. After a time in which no
 * machine had power the newest data wins: a replica is promoted only when all voters have beaten since, or when more
 * than half of them have for coldStartWait; never while the last writer is there; never one that is not the freshest.
 */
final class ColdStartModel implements Model<World> {

    private static final int VERSION_AT_START = 10;

    private final Setting setting;
    private final Decider decider;

    ColdStartModel(Setting setting, UnaryOperator<ClusterState> overlooked) {
        this.setting = setting;
        this.decider = new Decider(setting, overlooked);
    }

    @Override
    public List<World> beginnings() {
        Machine a = Machine.of("a", VERSION_AT_START, 0);
        Machine b = Machine.of("b", 0, VERSION_AT_START - 2);
        Machine c = setting.newcomer() ? Machine.unused("c") : Machine.of("c", 0, VERSION_AT_START - 1);
        List<Machine> machines = List.of(a, b, c);
        return List.of(new World(
                0, List.of(a.runs(1), b, c), decider.beginning(machines), List.of(), VERSION_AT_START, null, null));
    }

    @Override
    public String violation(World world) {
        boolean atTheEnd = world.round() == setting.horizon() && world.up() == world.machines().size();
        boolean none = world.machines().stream().noneMatch(machine -> machine.runs() > 0);
        boolean over = atTheEnd && setting.backWithin() > 0 && world.open().isEmpty() && none;
        return world.wrong() == null && over ? "all are back and the guest does not run" : world.wrong();
    }

    @Override
    public void steps(World world, Steps<World> steps) {
        if (!world.open().isEmpty()) {
            steps.to("orders are carried out", carriedOut(world));
        }
        if (world.round() == setting.horizon() || isOver(world)) {
            return;
        }
        power(world, steps);
        if (!allMustBeBack(world)) {
            World next = round(world);
            boolean promotes = next.open().stream().anyMatch(GuestEvent.PromoteReplica.class::isInstance);
            steps.to(promotes ? "a round of beats, and a promotion" : "a round of beats", next);
        }
    }

    /** All are back for good, the guest runs, and nothing of an earlier owner is left. */
    private boolean isOver(World world) {
        long again = world.machines().stream().filter(machine -> machine.cuts() > 1).count();
        boolean forGood = world.outage() != null && again == setting.cutsAgain()
                && world.outage().beaten().size() == world.machines().size()
                && world.up() == world.machines().size();
        GuestState guest = world.state().guests().get(Decider.GUEST);
        return forGood && world.open().isEmpty() && guest.phase() instanceof GuestPhase.Running
                && guest.liveCopies().size() == 1;
    }

    // ---- power

    private void power(World world, Steps<World> steps) {
        boolean mayCutAll = setting.together() && world.round() <= setting.cutsUntil()
                && world.machines().stream().allMatch(machine -> machine.cuts() == 0);
        if (mayCutAll) {
            World dark = world;
            for (Machine machine : world.machines()) {
                dark = machine.up() ? cut(dark, machine) : dark;
            }
            steps.to("all lose power", dark);
        }
        long again = world.machines().stream().filter(machine -> machine.cuts() > 1).count();
        for (Machine machine : world.machines()) {
            boolean first = machine.cuts() == 0 && !setting.together() && world.round() <= setting.cutsUntil();
            boolean second = machine.cuts() == 1 && again < setting.cutsAgain();
            if (machine.up() && (first || second)) {
                steps.to("a machine loses power", cut(world, machine));
            }
            if (!machine.up() && (machine.cuts() > 0 || world.outage() != null)) {
                steps.to("a machine returns", returned(world, machine));
            }
        }
    }

    private static World cut(World world, Machine machine) {
        World next = world.with(machine.losesPower());
        List<GuestEvent.GuestOrder> open = next.open().stream()
                .filter(order -> !order.node().equals(machine.name()))
                .toList();
        next = next.with(next.state(), open);
        return next.up() == 0 ? next.with(World.Outage.BEGUN) : next;
    }

    private static World returned(World world, Machine machine) {
        World next = world.with(machine.returns(world.round() + 1));
        World.Outage outage = world.outage();
        return outage == null || outage.firstBack() >= 0
                ? next
                : next.with(new World.Outage(world.round(), outage.majorityBack(), outage.beaten()));
    }

    private boolean allMustBeBack(World world) {
        World.Outage outage = world.outage();
        return setting.backWithin() > 0
                && outage != null
                && outage.firstBack() >= 0
                && world.round() - outage.firstBack() >= setting.backWithin()
                && world.up() < world.machines().size();
    }

    // ---- beats and decisions

    private World round(World before) {
        boolean canWrite = !setting.logNeedsMajority() || before.up() > before.machines().size() / 2;
        int round = before.round();
        if (!canWrite) {
            return before.nextRound(machine -> machine.up() ? machine.lapses(round) : machine);
        }
        World world = before.nextRound(machine -> machine);
        for (Machine machine : world.machines()) {
            if (machine.runs() > 0) {
                int version = world.newest() + 1;
                world = world.with(machine.withLive(version)).withNewest(version);
            }
        }
        for (String name : setting.beating()) {
            Machine machine = world.machine(name);
            if (machine.up()) {
                world = heard(world, machine);
                world = take(world, decider.beat(world.state(), machine, world.round()));
            }
        }
        return world;
    }

    private static World heard(World world, Machine machine) {
        World.Outage outage = world.outage();
        if (outage == null || outage.beaten().contains(machine.name())) {
            return world;
        }
        List<String> beaten = new ArrayList<>(outage.beaten());
        beaten.add(machine.name());
        beaten.sort(null);
        boolean majorityJustNow = outage.majorityBack() < 0 && beaten.size() > world.machines().size() / 2;
        return world.with(new World.Outage(
                outage.firstBack(), majorityJustNow ? world.round() : outage.majorityBack(), List.copyOf(beaten)));
    }

    private World take(World world, Decider.Answer answer) {
        List<GuestEvent.GuestOrder> open = new ArrayList<>(world.open());
        open.addAll(answer.orders());
        World next = world.with(answer.state(), List.copyOf(open));
        for (Event event : answer.events()) {
            if (event instanceof GuestEvent.PromoteReplica promote) {
                next = next.withWrong(judged(next, promote));
            }
        }
        return next;
    }

    /** Why the promotion must not be; null if it may. */
    private String judged(World world, GuestEvent.PromoteReplica promote) {
        World.Outage outage = world.outage();
        if (outage != null) {
            boolean all = outage.beaten().size() == world.machines().size();
            Duration since = setting.round().multipliedBy(world.round() - outage.majorityBack());
            boolean waited = outage.majorityBack() >= 0 && since.compareTo(setting.coldStartWait()) >= 0;
            if (!all && !waited) {
                return promote.node() + " is promoted before all are back, and before the wait is over";
            }
        }
        int replica = world.machine(promote.node()).replica();
        for (Machine other : world.machines()) {
            boolean there = world.state().node(other.name()).isLive();
            if (there && other.live() == world.newest()) {
                return promote.node() + " is promoted although " + other.name() + " is there with the newest data";
            }
            if (there && other.replica() > replica) {
                return promote.node() + " is promoted although " + other.name() + " holds a newer replica";
            }
        }
        return null;
    }

    // ---- the machines

    private World carriedOut(World before) {
        World world = before.with(before.state(), List.of());
        for (GuestEvent.GuestOrder order : before.open()) {
            Machine machine = world.machine(order.node());
            if (machine.up() && machine.incarnation().equals(order.incarnation())) {
                world = carriedOut(world, machine, order);
            }
        }
        return world;
    }

    private World carriedOut(World world, Machine machine, GuestEvent.GuestOrder order) {
        Duration now = decider.time(world.round());
        return switch (order) {
            case GuestEvent.StartGuest start -> {
                boolean twice = world.machines().stream().anyMatch(other -> other.runs() > 0);
                World next = world.with(machine.runs(start.epoch()))
                        .withWrong(twice ? "the guest runs twice" : null)
                        .withWrong(machine.live() == 0 ? "the guest starts without its data" : null);
                yield take(next, decider.report(next.state(), new GuestReport.GuestStarted(
                        start.guest(), start.epoch(), start.node(), start.incarnation(), now, 1)));
            }
            case GuestEvent.PromoteReplica promote -> {
                // Whatever others hold that is not in it, from here on it is the newest there is.
                int version = world.newest() + 1;
                World next = world.with(machine.withLive(version)).withNewest(version);
                yield take(next, decider.report(next.state(), new ReplicaReport.ReplicaPromoted(
                        promote.guest(), promote.node(), promote.incarnation(), promote.epoch(), promote.minimum())));
            }
            case GuestEvent.SetAside aside -> {
                World next = world.with(machine.withLive(0))
                        .withWrong(machine.live() == world.newest() ? "the newest data is set aside" : null);
                yield take(next, decider.report(next.state(), new ReplicaReport.SetAsideDone(
                        aside.guest(), aside.node(), aside.incarnation(), aside.epoch(), "", 0, aside.promoted())));
            }
            case GuestEvent.StopGuest stop -> take(world.with(machine.runs(0)), decider.report(
                    world.state(), new GuestReport.GuestStopped(
                            stop.guest(), stop.epoch(), stop.node(), stop.incarnation(), now, true, "stopped")));
            case GuestEvent.ReplicateFinal last -> world.withWrong("nobody asked for a move");
            case GuestEvent.ReplicateNow once -> world.withWrong("nobody asked for a copy");
            case GuestEvent.HoldReplication hold -> world.withWrong("nobody asked for a pause");
            case GuestEvent.DropAside drop -> world.withWrong("nothing diverged that anybody knew of");
        };
    }

    @Override
    public String describe(World world) {
        return "round " + world.round() + ": " + world.machines()
                + (world.state().coldStart() == null ? "" : ", cold start " + world.state().coldStart().returned())
                + world.open().stream().map(order -> ", " + order.summary()).toList();
    }
}
