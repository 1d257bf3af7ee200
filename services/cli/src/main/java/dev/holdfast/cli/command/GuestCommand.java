package dev.holdfast.cli.command;

import picocli.CommandLine.Command;

/** Everything about guests. */
@Command(
        name = "guest",
        description = "Add, change, move and remove guests.",
        subcommands = {
            GuestList.class,
            GuestShow.class,
            GuestAdd.class,
            GuestSet.class,
            GuestRemove.class,
            GuestStart.class,
            GuestStop.class,
            GuestDisable.class,
            GuestIgnore.class,
            GuestSwitchover.class,
            GuestClear.class,
            GuestAcceptLoss.class,
        })
final class GuestCommand extends Group {}
