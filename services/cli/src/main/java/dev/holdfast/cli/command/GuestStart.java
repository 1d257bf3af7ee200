package dev.holdfast.cli.command;

import dev.holdfast.cli.read.Operator;
import dev.holdfast.core.message.OperatorCommand;
import picocli.CommandLine.Command;

/** Wants a guest running. */
@Command(
        name = "start",
        description = "Want a guest running.")
final class GuestStart extends GuestChange {

    @Override
    Operator.Answer ask(Operator operator, String guest) {
        return operator.ask(new OperatorCommand.RequestStart(guest));
    }
}
