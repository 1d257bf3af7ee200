package dev.holdfast.cli.command;

import dev.holdfast.cli.read.Operator;
import dev.holdfast.core.message.OperatorCommand;
import picocli.CommandLine.Command;

/** Wants nothing decided about a guest. */
@Command(
        name = "ignore",
        description = "Leave a guest as it is: it is neither started, stopped, moved nor recovered until 'guest start', 'stop' or 'disable'.")
final class GuestIgnore extends GuestChange {

    @Override
    Operator.Answer ask(Operator operator, String guest) {
        return operator.ask(new OperatorCommand.RequestIgnore(guest));
    }
}
