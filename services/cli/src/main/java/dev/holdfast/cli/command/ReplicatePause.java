package dev.holdfast.cli.command;

import dev.holdfast.cli.read.Operator;
import dev.holdfast.core.message.OperatorCommand;
import picocli.CommandLine.Command;

/** Has a guest copied no more. */
@Command(
        name = "pause",
        description = "Copy a running guest no more, also after a failover, until 'resume'.",
        footer = {
            "What a failover loses grows for as long: 'status' warns. A copy that 'replicate now' asks for, and the last",
            "increment of a guest that moves, are made all the same.",
        })
final class ReplicatePause extends GuestChange {

    @Override
    Operator.Answer ask(Operator operator, String guest) {
        return operator.ask(new OperatorCommand.PauseReplication(guest));
    }
}
