package dev.holdfast.cli.command;

import picocli.CommandLine.Command;

/** Everything about single nodes. */
@Command(
        name = "node",
        description = "List, start, stop, drain, kill, add, remove and replace nodes; run one in the foreground; make its key for ssh.",
        subcommands = {
            NodeList.class,
            NodeRun.class,
            NodeSshKey.class,
            NodeStart.class,
            NodeStop.class,
            NodeDrain.class,
            NodeMaintenance.class,
            NodeKill.class,
            NodeAdd.class,
            NodeReplace.class,
            NodeRemove.class,
        })
final class NodeCommand extends Group {}
