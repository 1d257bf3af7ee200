package dev.holdfast.cli.command;

import dev.holdfast.cli.read.Operator;
import dev.holdfast.core.message.OperatorCommand;
import picocli.CommandLine.Command;

/** Lets a waiting guest recover with what there is. */
@Command(
        name = "accept-loss",
        description = "Accept the loss that a waiting guest states: the freshest replica is promoted.")
final class GuestAcceptLoss extends GuestChange {

    @Override
    Operator.Answer ask(Operator operator, String guest) {
        return operator.ask(new OperatorCommand.AcceptLoss(guest));
    }
}
