package dev.holdfast.cli.scenario;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import dev.holdfast.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists scenarios. */
@Command(name = "list", description = "List the scenarios of a folder.")
final class ScenarioList extends Verb {

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder. Default: Holdfast's own")
    private Path folder;

    @Override
    public Integer call() {
        List<Scenario> scenarios = ScenarioFile.in(folder == null ? ScenarioFile.folder() : folder).stream()
                .map(ScenarioFile::scenario)
                .toList();
        screen().list(
                new Listing<Scenario>(scenario -> Fields.of("scenario", scenario.name())
                                .and("title", scenario.title())
                                .and("profile", scenario.setting().timing().profile())
                                .and("nodes", scenario.setting().nodes())
                                .and("realProcesses", scenario.isAlsoReal()))
                        .column("SCENARIO", Scenario::name)
                        .column("PROFILE", scenario -> scenario.setting().timing().profile())
                        .column("ALSO REAL", scenario -> scenario.isAlsoReal() ? "yes" : "no")
                        .column("STORY", Scenario::title),
                scenarios);
        return ExitCode.OK;
    }
}
