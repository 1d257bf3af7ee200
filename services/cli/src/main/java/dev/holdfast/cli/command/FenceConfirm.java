package dev.holdfast.cli.command;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.node.cluster.Net;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A person's word that a node is off. */
@Command(
        name = "confirm",
        description = "Confirm that you have seen the node without power: it counts as fenced, and its guests start "
                + "elsewhere at once.",
        footer = "Only if you are certain. A node that is not off may still write to what its guests use.")
final class FenceConfirm extends Verb {

    @Parameters(paramLabel = "NODE", description = "The node that has no power.")
    private String node;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        knownNode(node);
        if (config().reach() instanceof Net && cluster().node(node).isOn()) {
            throw Failure.failed(node + " has running processes on this host: it is not off");
        }
        try (ClusterAccess access = access()) {
            return Change.show(screen(), change.operator(access).ask(new OperatorCommand.ConfirmOff(node)));
        }
    }
}
