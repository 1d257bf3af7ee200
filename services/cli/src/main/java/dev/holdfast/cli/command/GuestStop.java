package dev.holdfast.cli.command;

import dev.holdfast.cli.read.Operator;
import dev.holdfast.core.message.OperatorCommand;
import picocli.CommandLine.Command;

/** Wants a guest stopped. */
@Command(
        name = "stop",
        description = "Want a guest stopped. It stays declared, and its replicas stay.")
final class GuestStop extends GuestChange {

    @Override
    Operator.Answer ask(Operator operator, String guest) {
        return operator.ask(new OperatorCommand.RequestStop(guest));
    }
}
