package dev.holdfast.simulator.scenario;

import dev.holdfast.core.event.Event;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.simulator.invariant.Run;
import dev.holdfast.simulator.world.Onlooker;
import dev.holdfast.simulator.world.SteadyCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A simulated cluster to which happens what it is told, when it is told, and nothing else. The product's own code
 * decides, as in every simulated run; nothing is left to chance: the same script gives the same run. All invariants are
 * judged after every event.
 *
 * <pre>
 * ScriptedRun run = new ScriptedRun(Setting.of(List.of("a", "b", "c"), Timing.CAREFUL));
 * run.powerOnAll();
 * run.at(Duration.ofSeconds(10), new Action.Declare(Guests.named("db")));
 * run.at(Duration.ofSeconds(60), new Action.PowerOff("a"));
 * run.runUntil(Duration.ofSeconds(300));      // throws Violation if an invariant does not hold
 * run.runner("db");                           // where it physically runs now
 * run.decided(NodeFenced.class);
 * run.end();
 * </pre>
 */
public final class ScriptedRun {

    private final Setting setting;
    private final Seen seen;
    private final SteadyCluster cluster;

    public ScriptedRun(Setting setting) {
        this(setting, Onlooker.NOBODY);
    }

    /**
     * As above.
     *
     * @param onlooker told of what the decision maker commits, as one who writes its journal is
     */
    public ScriptedRun(Setting setting, Onlooker onlooker) {
        this.setting = setting;
        this.seen = new Seen(onlooker);
        this.cluster = new SteadyCluster(
                setting.voters(), setting.others(), setting.timing(), setting.coldStartWait(),
                setting.decisionMakerOn(), setting.seed(), seen);
    }

    // ---- what is done

    /** Switches all nodes on, now. */
    public void powerOnAll() {
        setting.nodes().forEach(node -> act(new Action.PowerOn(node)));
    }

    /**
     * Does it now.
     *
     * @throws IllegalArgumentException if it names a node that there is not
     */
    public void act(Action action) {
        check(action);
        perform(action);
    }

    /**
     * Does it at that time since the beginning, or now if that is over.
     *
     * @throws IllegalArgumentException if it names a node that there is not
     */
    public void at(Duration time, Action action) {
        check(action);
        cluster.at(time.toNanos(), () -> perform(action));
    }

    private void check(Action action) {
        switch (action) {
            case Action.OnNode onNode -> known(onNode.node());
            case Action.CutReplication(String one, String other) -> known(one, other);
            case Action.HealReplication(String one, String other) -> known(one, other);
            case Action.FailStarts fail -> known(fail.onlyOn() == null ? setting.nodes().getFirst() : fail.onlyOn());
            case Action.FailStops fail -> { }
            case Action.StallLog stall -> { }
            case Action.Crash crash -> { }
            case Action.Declare declare -> { }
            case Action.Ask ask -> { }
        }
    }

    private void known(String... nodes) {
        for (String node : nodes) {
            if (!setting.nodes().contains(node)) {
                throw new IllegalArgumentException("no node '" + node + "'; the nodes are " + setting.nodes());
            }
        }
    }

    private void perform(Action action) {
        switch (action) {
            case Action.PowerOn on -> cluster.powerOn(on.node());
            case Action.PowerOff off -> cluster.powerOff(off.node());
            case Action.Freeze freeze -> cluster.freeze(freeze.node());
            case Action.Thaw thaw -> cluster.thaw(thaw.node());
            case Action.Cut cut -> cluster.cut(cut.node());
            case Action.Heal heal -> cluster.heal(heal.node());
            case Action.KillGuard kill -> cluster.killGuard(kill.node());
            case Action.KillServices kill -> cluster.killServices(kill.node());
            case Action.Stop stop -> cluster.stop(stop.node());
            case Action.DrainAndStop stop -> cluster.drainAndStop(stop.node());
            case Action.Start start -> cluster.start(start.node());
            case Action.StoreFails fails -> cluster.storeFails(fails.node(), true);
            case Action.StoreWorks works -> cluster.storeFails(works.node(), false);
            case Action.PoolIs pool -> cluster.poolIs(pool.node(), pool.health());
            case Action.CutReplication(String one, String other) -> cluster.cutReplication(one, other);
            case Action.HealReplication(String one, String other) -> cluster.healReplication(one, other);
            case Action.StallLog stall -> cluster.stall(stall.time().toNanos());
            case Action.Crash crash -> cluster.crash(crash.guest());
            case Action.FailStarts fail -> cluster.failStarts(fail.guest(), fail.onlyOn(), fail.count());
            case Action.FailStops fail -> cluster.failStops(fail.guest(), fail.count());
            case Action.Declare declare -> cluster.declare(declare.spec());
            case Action.Ask ask -> cluster.ask(ask.request());
        }
    }

    // ---- time

    public Duration now() {
        return Duration.ofNanos(cluster.now());
    }

    /**
     * Lets happen what happens before that time since the beginning.
     *
     * @throws dev.holdfast.simulator.invariant.Violation if an invariant does not hold, or a part of the product fails
     */
    public void runUntil(Duration time) {
        cluster.runUntil(time.toNanos());
    }

    /**
     * Judges what only the end of a run can show.
     *
     * @throws dev.holdfast.simulator.invariant.Violation if an invariant does not hold
     */
    public void end() {
        cluster.over();
    }

    // ---- what is seen

    /** All so far, in order of time. */
    public List<Happening> happenings() {
        return List.copyOf(seen.all);
    }

    /** Decisions of that kind so far. */
    public <E extends Event> List<E> decided(Class<E> kind) {
        List<E> found = new ArrayList<>();
        for (Happening each : seen.all) {
            if (each instanceof Happening.Decided(Duration at, var decision) && kind.isInstance(decision.event())) {
                found.add(kind.cast(decision.event()));
            }
        }
        return found;
    }

    /** Where the guest physically runs now, whatever anybody knows of it. */
    public Optional<String> runner(String guest) {
        return cluster.running().stream().filter(run -> run.guest().equals(guest)).map(Run::node).findFirst();
    }

    /** What the log says now. */
    public ClusterState state() {
        return cluster.state();
    }

    /** The node that the decision maker is on now. */
    public Optional<String> decisionMaker() {
        return Optional.ofNullable(cluster.decisionMaker());
    }

    public boolean isOn(String node) {
        known(node);
        return cluster.isOn(node);
    }

    /** Whether its services were stopped in an orderly way, and are over. */
    public boolean isStopped(String node) {
        known(node);
        return cluster.isStopped(node);
    }

    /** Whether its services are there and have come to their first beat. */
    public boolean isAtWork(String node) {
        known(node);
        return cluster.isAtWork(node);
    }
}
