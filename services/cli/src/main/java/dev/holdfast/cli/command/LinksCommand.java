package dev.holdfast.cli.command;

import picocli.CommandLine.Command;

/** For developers: disturb the links between the nodes of a cluster on this host. */
@Command(
        name = "links",
        hidden = true,
        description = "Cut, delay and heal the links between nodes, for tests.",
        subcommands = {LinksStatus.class, LinksCut.class, LinksHeal.class, LinksSilence.class, LinksDelay.class})
final class LinksCommand extends Group {}
