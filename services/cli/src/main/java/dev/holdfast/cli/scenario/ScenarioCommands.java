package dev.holdfast.cli.scenario;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import dev.holdfast.simulator.scenario.Commands;
import picocli.CommandLine.Command;

/** What may be done in a scenario. */
@Command(name = "commands", description = "List what may be done in a scenario.")
final class ScenarioCommands extends Verb {

    @Override
    public Integer call() {
        screen().list(
                new Listing<Commands.Form>(form ->
                                Fields.of("command", form.written()).and("sentence", form.sentence()))
                        .column("COMMAND", Commands.Form::written)
                        .column("WHAT IT DOES", Commands.Form::sentence),
                Commands.forms());
        return ExitCode.OK;
    }
}
