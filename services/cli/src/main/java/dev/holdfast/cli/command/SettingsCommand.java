package dev.holdfast.cli.command;

import picocli.CommandLine.Command;

/** The cluster's settings. */
@Command(
        name = "settings",
        description = "Show and change the cluster's settings.",
        subcommands = {SettingsShow.class, SettingsSet.class})
final class SettingsCommand extends Group {}
