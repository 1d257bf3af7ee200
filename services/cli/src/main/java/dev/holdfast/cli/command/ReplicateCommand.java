package dev.holdfast.cli.command;

import picocli.CommandLine.Command;

/** Everything about when guests are copied. */
@Command(
        name = "replicate",
        description = "Copy a guest to the other nodes now, or pause and resume its replication.",
        subcommands = {
            ReplicateNow.class,
            ReplicatePause.class,
            ReplicateResume.class,
        })
final class ReplicateCommand extends Group {}
