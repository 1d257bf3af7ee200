package dev.holdfast.cli.command;

import picocli.CommandLine.Command;

/** The cluster's settings. */
@Command(name = "settings", description = "Show the cluster's settings.", subcommands = SettingsShow.class)
final class SettingsCommand extends Group {}
