package dev.holdfast.cli.command;

import dev.holdfast.cli.read.Operator;
import dev.holdfast.core.message.OperatorCommand;
import picocli.CommandLine.Command;

/** Ends the error state of a guest. */
@Command(
        name = "clear",
        description = "End the error state of a guest, once you have looked at it.")
final class GuestClear extends GuestChange {

    @Override
    Operator.Answer ask(Operator operator, String guest) {
        return operator.ask(new OperatorCommand.ClearGuest(guest));
    }
}
