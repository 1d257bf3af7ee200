package dev.holdfast.simulator.world;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.simulator.fault.Fault;
import dev.holdfast.simulator.invariant.Run;
import dev.holdfast.simulator.invariant.VolumeChange;
import dev.holdfast.simulator.mutation.Parts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Everything there is in a run, and what is physically true of it. */
final class World {

    final Scheduler scheduler = new Scheduler();
    final Chance chance;
    /** What is left to chance about a boot: no two machines come up at one moment. */
    final Chance boots;
    final Parts parts;
    final Coverage coverage;
    final List<Machine> machines = new ArrayList<>();
    final Log log;
    final Decider decider;
    final Judges invariants;
    private final Story story;
    private Onlooker onlooker = Onlooker.NOBODY;
    private final Map<Run, Machine> running = new LinkedHashMap<>();
    private final Map<String, Content> newest = new HashMap<>();
    private long chaosEnds = Long.MAX_VALUE / 2;
    private double greatestRho;

    World(Chance chance, Parts parts, Judges invariants, Coverage coverage, Story story) {
        this(chance, chance, parts, invariants, coverage, story);
    }

    World(Chance chance, Chance boots, Parts parts, Judges invariants, Coverage coverage, Story story) {
        this.chance = chance;
        this.boots = boots;
        this.parts = parts;
        this.invariants = invariants;
        this.coverage = coverage;
        this.story = story;
        this.log = new Log(this);
        this.decider = new Decider(this);
    }

    long now() {
        return scheduler.now();
    }

    void watchedBy(Onlooker watching) {
        onlooker = watching;
    }


    void in(long nanos, Runnable event) {
        scheduler.in(nanos, event);
    }

    Machine machine(String name) {
        for (Machine machine : machines) {
            if (machine.name.equals(name)) {
                return machine;
            }
        }
        throw new IllegalArgumentException("no node '" + name + "'");
    }

    int connected() {
        int connected = 0;
        for (Machine machine : machines) {
            connected += machine.isConnected() ? 1 : 0;
        }
        return connected;
    }

    /** One way over the network. */
    long latency(Machine machine) {
        return chance.millis(1, 8);
    }

    // ---- clocks

    /** The settings in force, as a node that begins finds them. */
    ClusterSettings settings() {
        ClusterSettings inForce = committed().settings();
        return inForce != null ? inForce : (ClusterSettings) log.settings.all().getFirst().input().body();
    }

    void settingsAre(Timing timing) {
        greatestRho = greatestRho == 0 ? timing.rho() : Math.min(greatestRho, timing.rho());
    }

    /** A clock's rate within what the settings allow. */
    double someRate() {
        double lean = chance.oneIn(3) ? Math.signum(chance.lean()) : chance.lean();
        return 1 + greatestRho * 0.99 * lean;
    }

    double rho() {
        return greatestRho;
    }

    // ---- what is noted

    void struck(Fault fault) {
        coverage.fault(fault.id());
    }

    void rule(String name) {
        coverage.rule(name);
    }

    void note(Supplier<String> what) {
        story.tell(now(), what);
    }

    void noteRoutine(Supplier<String> what) {
        story.tell(now(), what, true);
    }

    void committed(List<Input> inputs) {
        onlooker.committed(now(), inputs);
    }

    void decided(Decision decision) {
        coverage.rule(decision.cause().rule().name());
        scheduler.mark(decision.event().getClass().getSimpleName().hashCode() + decision.sequence());
        note(() -> "decided: " + decision.event().summary());
        onlooker.decided(now(), decision);
        if (decision.event() instanceof GuestEvent.GuestRemoved removed) {
            newest.remove(removed.guest());
        }
        if (decision.event() instanceof ClusterEvent.SettingsApplied applied) {
            ClusterSettings settings = applied.settings();
            note(settings::summary);
        }
    }

    // ---- guests as they physically run

    Collection<Run> running() {
        return running.keySet();
    }

    void started(Run run, Machine machine) {
        running.put(run, machine);
        note(() -> "RUNS: " + run);
        onlooker.started(now(), run);
        Volume volume = machine.disk.volume(run.guest());
        Content before = newest.get(run.guest());
        Content here = volume.live == null ? Content.EMPTY : volume.live;
        boolean holdsNewest = before == null || here.holds(before);
        invariants.volume(new VolumeChange.Opened(
                run.guest(), run.node(), run.epoch(), holdsNewest, "it holds " + here + ", the newest are " + before));
        wrote(run.guest(), machine);
        invariants.started(run, running());
    }

    /** A guest writes to its live volume. */
    void wrote(String guest, Machine machine) {
        Volume volume = machine.disk.volume(guest);
        volume.live = (volume.live == null ? Content.EMPTY : volume.live).written();
        newest.put(guest, volume.live);
    }

    void ended(Run run, Machine machine) {
        if (running.remove(run) != null) {
            wrote(run.guest(), machine);
        }
        note(() -> "dead: " + run);
        onlooker.ended(now(), run);
        invariants.ended(run);
    }

    /** The guests of a suspended machine do not run; what they are is kept. */
    void suspended(Machine machine) {
        List<Run> there = running.entrySet().stream()
                .filter(entry -> entry.getValue() == machine).map(Map.Entry::getKey).toList();
        there.forEach(running::remove);
        asleep.put(machine, there);
    }

    private final Map<Machine, List<Run>> asleep = new HashMap<>();

    void resumed(Machine machine) {
        for (Run run : asleep.getOrDefault(machine, List.of())) {
            if (machine.guard != null && machine.guard.guests().runs(run.guest(), run.epoch())) {
                running.put(run, machine);
                invariants.resumed(run, running());
            }
        }
        asleep.remove(machine);
    }

    // ---- the log

    void wakeAll() {
        for (Topic topic : List.of(log.heartbeats, log.guestCommands, log.replicaCommands, log.applied)) {
            for (Reader reader : List.copyOf(topic.readers)) {
                reader.wake();
            }
        }
        decider.wake();
    }

    ClusterState committed() {
        return decider.committed();
    }

    void chaosEndsAt(long time) {
        chaosEnds = time;
    }

    long chaosEnds() {
        return chaosEnds;
    }
}
