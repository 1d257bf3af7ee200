package dev.holdfast.cli.scenario;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.simulator.scenario.Comparison;
import dev.holdfast.simulator.scenario.Performance;
import dev.holdfast.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs scenarios on the simulator and compares what happens with what they expect. */
@Command(
        name = "run",
        description = "Run scenarios on the simulator and compare what happens with what they expect, line by line.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is as expected, or nothing was",
            "1:something differs, or an invariant does not hold",
            "2:a file is not as it has to be; nothing was run",
        })
final class ScenarioRun extends Verb {

    private static final Map<Comparison.Kind, String> MARKS = Map.of(
            Comparison.Kind.COMMAND, "",
            Comparison.Kind.AS_EXPECTED, "          ",
            Comparison.Kind.MISSING, "  expected",
            Comparison.Kind.UNEXPECTED, "  happened");

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE|DIR",
            description = "Files, folders of them, or names of Holdfast's own. Default: all of Holdfast's own")
    private List<String> names = List.of();

    @Option(names = "--update", description = "Write what happens into the files, in place of what was expected.")
    private boolean update;

    @Override
    public Integer call() {
        List<ScenarioFile> files =
                names.isEmpty() ? ScenarioFile.in(ScenarioFile.folder()) : ScenarioFile.named(names);
        // All are read before any is run: a mistake in the last one should not cost the time of the others.
        files.forEach(ScenarioFile::scenario);
        boolean allPass = true;
        for (ScenarioFile file : files) {
            allPass &= run(file, files.size() == 1);
        }
        return allPass ? ExitCode.OK : ExitCode.FAILED;
    }

    private boolean run(ScenarioFile file, boolean alone) {
        Scenario scenario = file.scenario();
        Performance performance = Performance.of(scenario);
        boolean differs = scenario.expectsAnything() && !performance.isAsExpected();
        boolean updates = update && performance.problem() == null && (differs || !scenario.expectsAnything());
        if (updates) {
            file.update(performance);
        }
        String outcome = performance.problem() != null ? "failed"
                : updates ? "updated"
                : differs ? "differs"
                : scenario.expectsAnything() ? "passed" : "told";
        if (!screen().isJson() && (alone || differs || performance.problem() != null)) {
            show(scenario, performance);
        }
        screen().result(sentence(outcome, performance), fields(outcome, performance));
        return performance.problem() == null && (!differs || updates);
    }

    private void show(Scenario scenario, Performance performance) {
        screen().line(scenario.title());
        screen().line("");
        for (Comparison.Line line : Comparison.of(performance).lines()) {
            boolean told = !scenario.expectsAnything() && line.kind() == Comparison.Kind.UNEXPECTED;
            screen().line((told ? MARKS.get(Comparison.Kind.AS_EXPECTED) : MARKS.get(line.kind())) + line.text());
        }
        screen().line("");
    }

    private static String sentence(String outcome, Performance performance) {
        String name = performance.scenario().name();
        return switch (outcome) {
            case "failed" -> name + " FAILS: " + performance.problem();
            case "differs" -> name + " DIFFERS in " + Comparison.of(performance).differences()
                    + " lines; if the new ones are right, --update writes them into the file";
            case "updated" -> name + " is updated; look at the difference before you keep it";
            case "told" -> name + " expects nothing; --update writes what happened into the file";
            default -> name + " is as expected";
        };
    }

    private static Fields fields(String outcome, Performance performance) {
        Comparison comparison = Comparison.of(performance);
        return Fields.of("scenario", performance.scenario().name())
                .and("title", performance.scenario().title())
                .and("outcome", outcome)
                .and("problem", performance.problem())
                .and("differences", performance.scenario().expectsAnything() ? comparison.differences() : 0L)
                .and("missing", texts(comparison, Comparison.Kind.MISSING))
                .and("unexpected", texts(comparison, Comparison.Kind.UNEXPECTED))
                .and("events", events(performance));
    }

    private static List<String> texts(Comparison comparison, Comparison.Kind kind) {
        return comparison.lines().stream()
                .filter(line -> line.kind() == kind)
                .map(line -> line.text().strip())
                .toList();
    }

    private static List<Fields> events(Performance performance) {
        return performance.scenario().steps().stream()
                .map(step -> Fields.of("atMs", step.at())
                        .and("command", step.command())
                        .and("followedBy", performance.timelines().get(performance.scenario().steps().indexOf(step))
                                .stream()
                                .map(line -> Fields.of("afterMs", Duration.ofMillis(line.tenths() * 100))
                                        .and("event", line.text()))
                                .toList()))
                .toList();
    }
}
