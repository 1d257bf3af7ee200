package dev.holdfast.cli.command;

import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.core.message.OperatorCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes what diverged. */
@Command(
        name = "drop",
        description = "Delete a divergent branch for good.",
        footer = "It may be the only copy of what it holds: look into it first. Nothing brings it back.")
final class ReplicasDrop extends Verb {

    @Parameters(index = "0", paramLabel = "GUEST", description = "The guest.")
    private String guest;

    @Parameters(index = "1", paramLabel = "NODE", description = "The node that keeps it.")
    private String node;

    @Parameters(index = "2", paramLabel = "NAME", description = "Its name there, as 'replicas' shows it.")
    private String name;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        knownNode(node);
        try (ClusterAccess access = access()) {
            return Change.show(
                    screen(), change.operator(access).ask(new OperatorCommand.DropDivergent(guest, node, name)));
        }
    }
}
