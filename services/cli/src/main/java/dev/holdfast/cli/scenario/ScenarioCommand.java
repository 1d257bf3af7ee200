package dev.holdfast.cli.scenario;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Stories about a cluster, and whether it still behaves as they say. */
@Command(
        name = "scenario",
        description = {
            "Tell stories about a cluster: what is there, what is done, and what happens then, to a tenth of a second.",
            "They run on the simulator; no cluster is needed and none is started. Write your own in a text file."
        },
        subcommands = {ScenarioList.class, ScenarioShow.class, ScenarioRun.class, ScenarioCommands.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast scenario list                     the stories there are",
            "  ./holdfast scenario run owner-pulled         one of them, with what happens",
            "  ./holdfast scenario run                      all of them: does the cluster behave as they say?",
            "  ./holdfast scenario commands                 what may be done in one",
            "  ./holdfast scenario run my.txt --update      write into your own what happens",
        })
public final class ScenarioCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Missing command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
