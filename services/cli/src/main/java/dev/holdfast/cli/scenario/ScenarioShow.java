package dev.holdfast.cli.scenario;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Json;
import dev.holdfast.simulator.scenario.Scenario;
import dev.holdfast.simulator.scenario.Step;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a scenario as it is written. */
@Command(name = "show", description = "Show a scenario as it is written, without running it.")
final class ScenarioShow extends Verb {

    @Parameters(paramLabel = "FILE", description = "Its file, or the name of one of Holdfast's own.")
    private String name;

    @Override
    public Integer call() {
        ScenarioFile file = ScenarioFile.named(List.of(name)).getFirst();
        Scenario scenario = file.scenario();
        if (screen().isJson()) {
            screen().line(Json.line(fields(scenario)));
        } else {
            file.lines().forEach(screen()::line);
        }
        return ExitCode.OK;
    }

    private static Fields fields(Scenario scenario) {
        return Fields.of("scenario", scenario.name())
                .and("title", scenario.title())
                .and("why", scenario.why())
                .and("profile", scenario.setting().timing().profile())
                .and("nodes", scenario.setting().nodes())
                .and("steps", scenario.steps().stream().map(ScenarioShow::fields).toList())
                .and("endMs", scenario.end());
    }

    private static Fields fields(Step step) {
        return Fields.of("atMs", step.at())
                .and("command", step.command())
                .and("expected", step.expected().stream()
                        .map(line -> Fields.of("afterMs", Duration.ofMillis(line.tenths() * 100)).and("event", line.text()))
                        .toList());
    }
}
