package dev.holdfast.simulator.scenario;

import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.simulator.invariant.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A scenario on the simulator, and what came of it.
 *
 * @param timelines for each step what followed it
 * @param problem why it is not as a scenario has to be whatever it expects: an invariant does not hold, or it did not
 *     come to its beginning; null if there is none
 */
public record Performance(Scenario scenario, List<List<Timed>> timelines, String problem) {

    /** Before the story begins: time to boot, to declare, to move guests to where they are, and to replicate them. */
    private static final Duration DECLARED = Duration.ofSeconds(5);
    private static final Duration MOVED = Duration.ofSeconds(15);
    private static final Duration BEGINS = Duration.ofSeconds(40);

    public Performance {
        timelines = List.copyOf(timelines);
    }

    /** What is expected, with nothing else. */
    public boolean isAsExpected() {
        return problem == null && timelines.equals(scenario.steps().stream().map(Step::expected).toList());
    }

    /** Whether there was time for something to follow that command, and nothing did. */
    boolean nothingFollows(int step) {
        List<Step> steps = scenario.steps();
        Duration next = step + 1 < steps.size() ? steps.get(step + 1).at() : scenario.end();
        return timelines.get(step).isEmpty() && next.compareTo(steps.get(step).at()) > 0;
    }

    public static Performance of(Scenario scenario) {
        ScriptedRun run = new ScriptedRun(scenario.setting());
        Duration begins = scenario.dark() ? Duration.ZERO : BEGINS;
        String problem = null;
        try {
            if (!scenario.dark()) {
                setTheStage(scenario, run);
            }
            for (Step step : scenario.steps()) {
                step.actions().forEach(action -> run.at(begins.plus(step.at()), action));
            }
            run.runUntil(begins.plus(scenario.end()));
            run.end();
        } catch (NotReady notReady) {
            problem = notReady.getMessage();
        } catch (Violation violation) {
            problem = "at " + Telling.tenths(run.now().minus(begins)) + " " + violation.invariant() + " does not hold: "
                    + violation.getMessage();
        }
        return new Performance(scenario, timelines(scenario, run, begins), problem);
    }

    private static final class NotReady extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private NotReady(String what) {
            super(what, null, false, false);
        }
    }

    // ---- the beginning

    private static void setTheStage(Scenario scenario, ScriptedRun run) {
        List<CastGuest> there = scenario.guests().stream().filter(guest -> !isAddedLater(scenario, guest)).toList();
        run.powerOnAll();
        there.forEach(guest -> run.at(DECLARED, new Action.Declare(guest.spec())));
        run.runUntil(MOVED);
        for (CastGuest guest : there) {
            boolean elsewhere = guest.startsOn() != null
                    && run.runner(guest.name()).filter(node -> !node.equals(guest.startsOn())).isPresent();
            if (elsewhere) {
                run.act(new Action.Ask(new OperatorCommand.Switchover(guest.name(), guest.startsOn())));
            }
        }
        run.runUntil(BEGINS);
        there.forEach(guest -> requireReady(run, guest));
    }

    private static boolean isAddedLater(Scenario scenario, CastGuest guest) {
        return scenario.steps().stream()
                .flatMap(step -> step.actions().stream())
                .anyMatch(action -> action instanceof Action.Declare declare && declare.spec().equals(guest.spec()));
    }

    private static void requireReady(ScriptedRun run, CastGuest guest) {
        GuestState state = run.state().guests().get(guest.name());
        boolean answers = state != null && state.phase() instanceof GuestPhase.Running running && running.answering();
        Optional<String> runner = run.runner(guest.name());
        boolean wanted = guest.spec().requestedState() == RequestedState.STARTED;
        boolean where = guest.startsOn() == null || runner.equals(Optional.of(guest.startsOn()));
        if (wanted && !(answers && where)) {
            throw new NotReady("the story does not begin: " + guest.name() + " should answer"
                    + (guest.startsOn() == null ? "" : " on " + guest.startsOn()) + " and "
                    + (state == null || state.waiting() == null ? "runs on " + runner.orElse("no node") : "waits: "
                            + state.waiting().reason()));
        }
    }

    // ---- what followed

    private static List<List<Timed>> timelines(Scenario scenario, ScriptedRun run, Duration begins) {
        List<List<Timed>> all = new ArrayList<>();
        for (int i = 0; i < scenario.steps().size(); i++) {
            Duration from = begins.plus(scenario.steps().get(i).at());
            Duration to = i + 1 < scenario.steps().size() ? begins.plus(scenario.steps().get(i + 1).at()) : null;
            all.add(run.happenings().stream()
                    .filter(each -> each.at().compareTo(from) >= 0 && (to == null || each.at().compareTo(to) < 0))
                    .flatMap(each -> Telling.of(each).map(text -> Timed.after(each.at().minus(from), text)).stream())
                    .toList());
        }
        return all;
    }
}
