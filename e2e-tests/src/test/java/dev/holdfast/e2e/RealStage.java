package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.local.NodeProcess;
import dev.holdfast.cli.local.NodeProcess.Role;
import dev.holdfast.cli.read.Occurrence;
import dev.holdfast.cli.read.Timeline;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.simulator.scenario.Action;
import dev.holdfast.simulator.scenario.RealExpectation;
import dev.holdfast.simulator.scenario.Scenario;
import dev.holdfast.simulator.scenario.Step;
import dev.holdfast.simulator.scenario.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A scenario on real processes: does what it says, and finds what it expects of them on the log, in the order in which
 * it was decided. How fast this machine is decides nothing: there is a limit to the patience, and what must not come
 * before a time is judged by the brokers' clock, which is also ours.
 */
final class RealStage {

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final TestCluster cluster;
    private final Scenario scenario;
    private long told;

    private RealStage(TestCluster cluster, Scenario scenario) {
        this.cluster = cluster;
        this.scenario = scenario;
    }

    /** Begins as the scenario does: all of it runs and is replicated, and the database is where it is said to be. */
    static RealStage set(TestCluster cluster, Scenario scenario) {
        RealStage stage = new RealStage(cluster, scenario);
        String where = scenario.guests().getFirst().startsOn();
        if (!cluster.owner().equals(where)) {
            long before = cluster.epoch();
            assertThat(cluster.ask(new OperatorCommand.Switchover(TestCluster.GUEST, where)).accepted()).isTrue();
            cluster.awaitAnsweringAgain(before);
            cluster.awaitReplicated();
        }
        assertThat(cluster.owner()).isEqualTo(where);
        return stage;
    }

    /** What a scenario can have on real processes: one database on three nodes. */
    static GuestSpec guestOf(Scenario scenario) {
        assertThat(scenario.setting().nodes()).containsExactly("a", "b", "c");
        assertThat(scenario.setting().timing().profile()).isEqualTo("fast");
        assertThat(scenario.guests()).singleElement().satisfies(guest ->
                assertThat(guest.name()).isEqualTo(TestCluster.GUEST));
        return scenario.guests().getFirst().spec();
    }

    void play() throws InterruptedException {
        told = decided().getLast().decision().sequence();
        for (int i = 0; i < scenario.steps().size(); i++) {
            Step step = scenario.steps().get(i);
            Duration next = i + 1 < scenario.steps().size() ? scenario.steps().get(i + 1).at() : step.at();
            Instant begun = Instant.now();
            long begunNanos = System.nanoTime();
            perform(step.actions());
            step.real().forEach(expected -> awaitTold(step, expected, begun));
            long left = next.minus(step.at()).toNanos() - (System.nanoTime() - begunNanos);
            Thread.sleep(Duration.ofNanos(Math.max(0, left)));
        }
    }

    private void awaitTold(Step step, RealExpectation expected, Instant begun) {
        cluster.await("after '" + step.command() + "': " + expected, PATIENCE, () -> comes(expected, begun));
    }

    /** Looks behind what was found last: what is expected comes in that order. */
    private boolean comes(RealExpectation expected, Instant begun) {
        for (Occurrence.Decided each : decided()) {
            boolean isIt = each.decision().sequence() > told
                    && Telling.of(each.decision()).filter(expected::isTold).isPresent();
            if (isIt) {
                assertThat(Duration.between(begun, each.at())).as("%s", expected)
                        .isGreaterThanOrEqualTo(expected.notBefore());
                told = each.decision().sequence();
                return true;
            }
        }
        return false;
    }

    private List<Occurrence.Decided> decided() {
        try (Timeline timeline = Timeline.fromLast(cluster.access(), Long.MAX_VALUE / 2)) {
            return timeline.readToEnd().stream()
                    .filter(Occurrence.Decided.class::isInstance)
                    .map(Occurrence.Decided.class::cast)
                    .toList();
        } catch (RuntimeException noQuorum) {
            return List.of();
        }
    }

    /** Nobody is fenced whose incarnation does not come to an end in the story; nothing ran twice; the log folds. */
    void proveSafety() {
        cluster.proveNobodyFencedBut(scenario.steps().stream()
                .flatMap(step -> step.expected().stream())
                .filter(line -> line.text().matches("\\S+ (is fenced: |joins as ).*"))
                .map(line -> line.text().substring(0, line.text().indexOf(' ')))
                .distinct()
                .toArray(String[]::new));
        cluster.proveSafety();
    }

    // ---- what is done

    private void perform(List<Action> actions) throws InterruptedException {
        String[] off = actions.stream()
                .filter(Action.PowerOff.class::isInstance)
                .map(action -> ((Action.PowerOff) action).node())
                .toArray(String[]::new);
        if (off.length > 0) {
            cluster.kill(off);
        }
        for (Action action : actions) {
            perform(action);
        }
    }

    private void perform(Action action) throws InterruptedException {
        switch (action) {
            case Action.PowerOff done -> { }
            case Action.PowerOn on -> cluster.start(on.node());
            case Action.Freeze freeze -> signal(freeze.node(), Role.NODE, "STOP");
            case Action.Thaw thaw -> signal(thaw.node(), Role.NODE, "CONT");
            case Action.KillGuard kill -> signal(kill.node(), Role.GUARD, "KILL");
            case Action.KillServices kill -> signal(kill.node(), Role.NODE, "KILL");
            case Action.Cut cut -> cluster.cutOff(cut.node());
            case Action.Heal heal -> cluster.healLinks();
            case Action.StallLog stall -> {
                cluster.cutAll();
                Thread.sleep(stall.time());
                cluster.healLinks();
            }
            case Action.Crash crash -> {
                List<NodeProcess> guest = cluster.guestProcesses(cluster.owner());
                assertThat(guest).isNotEmpty();
                guest.forEach(process -> cluster.signal(process, "KILL"));
            }
            case Action.Ask ask -> cluster.ask(ask.request());
            default -> throw new AssertionError("not done to real processes yet: " + action);
        }
    }

    private void signal(String node, Role role, String signal) {
        NodeProcess process = cluster.processes().node(node).process(role);
        if (process != null) {
            cluster.signal(process, signal);
        }
    }
}
