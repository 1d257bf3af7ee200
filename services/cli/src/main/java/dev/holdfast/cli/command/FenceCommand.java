package dev.holdfast.cli.command;

import picocli.CommandLine.Command;

/** Everything about what can certainly not run any more. */
@Command(
        name = "fence",
        description = "Say that a node has no power, where the log alone cannot prove it.",
        subcommands = {FenceConfirm.class})
final class FenceCommand extends Group {}
