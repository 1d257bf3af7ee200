package dev.holdfast.cli.command;

import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.core.message.OperatorCommand.BeginMaintenance;
import dev.holdfast.core.message.OperatorCommand.EndMaintenance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Begins or ends a node's maintenance. */
@Command(
        name = "maintenance",
        description = "Move every guest off a node and let it take none, also after it was started again, until 'off'.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast node maintenance on a",
            "  ./holdfast node maintenance off a",
        })
final class NodeMaintenance extends Verb {

    /** Whether it begins or ends. */
    enum Switch {
        ON,
        OFF
    }

    @Parameters(index = "0", paramLabel = "on|off", description = "on begins it, off ends it.")
    private Switch to;

    @Parameters(index = "1", paramLabel = "NODE", description = "The node.")
    private String node;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        knownNode(node);
        try (ClusterAccess access = access()) {
            return Change.show(screen(), change.operator(access)
                    .ask(to == Switch.ON ? new BeginMaintenance(node) : new EndMaintenance(node)));
        }
    }
}
