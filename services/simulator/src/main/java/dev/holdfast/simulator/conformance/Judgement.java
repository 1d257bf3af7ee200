package dev.holdfast.simulator.conformance;

import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.simulator.scenario.Happening;
import dev.holdfast.simulator.scenario.ScriptedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Whether what came of a run is what was to come of it. That nothing ran twice the invariants have judged already. */
final class Judgement {

    private final Scenario scenario;
    private final ScriptedRun run;
    private final Translation translation;
    private final List<String> faults = new ArrayList<>();

    Judgement(Scenario scenario, ScriptedRun run) {
        this.scenario = scenario;
        this.run = run;
        this.translation = new Translation(scenario);
    }

    /** What is not as expected, a sentence each; none if all is. */
    List<String> faults() {
        scenario.expected().fenced().forEach(this::countedAsDead);
        scenario.expected().neverFenced().forEach(this::neverFenced);
        scenario.expected().placement().forEach(this::placed);
        scenario.expected().state().forEach(this::inState);
        loadIsNoWorse();
        return faults;
    }

    private void require(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }

    // ---- nodes

    /** Fenced, or stopped in an orderly way with nothing left that could run there. */
    private void countedAsDead(String node, Duration latest) {
        Duration fenced = first(event -> event instanceof NodeEvent.NodeFenced(String name, var life, var proof)
                && name.equals(node));
        Duration stopped = first(event -> event instanceof NodeEvent.NodeLapsed lapsed
                && lapsed.node().equals(node) && lapsed.reason() == Lapsed.Reason.STOPPED
                && nothingCanRunOn(node, lapsed.incarnation()));
        Duration at = fenced != null ? fenced : stopped;
        require(at != null, node + " was never fenced");
        require(at == null || at.compareTo(latest) <= 0,
                node + " was fenced after " + (at == null ? "" : at.toSeconds()) + " s, expected " + latest.toSeconds());
    }

    private boolean nothingCanRunOn(String node, Incarnation life) {
        return run.state().guests().values().stream()
                .flatMap(guest -> guest.runners().stream())
                .noneMatch(runner -> runner.node().equals(node) && runner.incarnation().equals(life));
    }

    private void neverFenced(String node) {
        require(first(event -> event instanceof NodeEvent.NodeFenced(String name, var life, var proof)
                && name.equals(node)) == null, node + " was fenced");
    }

    private Duration first(Predicate<Event> which) {
        for (Happening each : run.happenings()) {
            if (each instanceof Happening.Decided(Duration at, var decision) && which.test(decision.event())) {
                return at;
            }
        }
        return null;
    }

    // ---- guests

    private void placed(String id, String expected) {
        String actual = run.runner(Translation.guest(id)).orElse(null);
        boolean free = expected != null
                && scenario.expected().decidedBy().getOrDefault(id, "unmoved").equals("manager")
                && translation.ruleOf(id).isEmpty();
        if (free) {
            require(actual != null && !run.state().node(actual).maintenance(),
                    id + " runs on " + actual + ", expected a node such as " + expected);
        } else {
            require(Objects.equals(actual, expected), id + " runs on " + actual + ", expected " + expected);
        }
    }

    private void inState(String id, String expected) {
        GuestState guest = run.state().guests().get(Translation.guest(id));
        boolean managed = guest != null && !guest.removing();
        boolean expectedManaged = scenario.expected().managed().getOrDefault(id, true);
        require(managed == expectedManaged, id + " is " + (managed ? "" : "not ") + "managed");
        require(Objects.equals(state(guest), expected), id + " is " + state(guest) + ", expected " + expected);
    }

    private static String state(GuestState guest) {
        if (guest == null || guest.removing() || guest.requested() == RequestedState.IGNORED) {
            return null;
        }
        if (guest.phase() instanceof GuestPhase.Errored) {
            return "error";
        }
        return guest.requested() == RequestedState.STARTED ? "started" : "stopped";
    }

    /** Where the choice was free it must not crowd a node more than expected. */
    private void loadIsNoWorse() {
        Map<String, Integer> expected = new HashMap<>();
        Map<String, Integer> actual = new HashMap<>();
        scenario.expected().placement().forEach((id, node) -> {
            if (node != null) {
                expected.merge(node, 1, Integer::sum);
            }
            run.runner(Translation.guest(id)).ifPresent(here -> actual.merge(here, 1, Integer::sum));
        });
        require(most(actual) <= most(expected), "the guests run as " + actual + ", expected no more on one than " + expected);
    }

    private static int most(Map<String, Integer> load) {
        return load.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
