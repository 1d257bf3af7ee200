package dev.holdfast.cli.command;

import dev.holdfast.cli.read.Operator;
import dev.holdfast.core.message.OperatorCommand;
import picocli.CommandLine.Command;

/** Wants a guest stopped, whatever it is in. */
@Command(
        name = "disable",
        description = "Want a guest stopped, and give up whatever it is in: its error, its move, what it waits for.")
final class GuestDisable extends GuestChange {

    @Override
    Operator.Answer ask(Operator operator, String guest) {
        return operator.ask(new OperatorCommand.RequestDisable(guest));
    }
}
