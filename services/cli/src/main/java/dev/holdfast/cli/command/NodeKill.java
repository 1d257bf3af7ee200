package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.local.Pulled;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Span;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Pulls the plug. */
@Command(
        name = "kill",
        description = "Pull the plug: end every process of a node at once, guests included, with no word to anybody.")
final class NodeKill extends Verb {

    @Parameters(paramLabel = "NODE", arity = "1..*", description = "The nodes to kill, all at the same moment.")
    private List<String> nodes;

    @Override
    public Integer call() {
        Pulled pulled = cluster().kill(nodes.toArray(String[]::new));
        String names = String.join(", ", nodes);
        screen().result(
                pulled.killed().isEmpty()
                        ? names + ": off already."
                        : "Killed " + names + ": " + pulled.killed().size() + " processes in "
                                + Span.of(pulled.took()) + ".",
                Fields.of("nodes", nodes)
                        .and("at", pulled.at())
                        .and("tookMicros", pulled.took().toNanos() / 1_000)
                        .and("killed", pulled.killed().stream().map(ProcessFields::of).toList()));
        return ExitCode.OK;
    }
}
