package dev.holdfast.cli.command;

import dev.holdfast.cli.read.Operator;
import dev.holdfast.core.message.OperatorCommand;
import picocli.CommandLine.Command;

/** Has a guest copied again. */
@Command(name = "resume", description = "Copy a guest again: once at once, then as its specification says.")
final class ReplicateResume extends GuestChange {

    @Override
    Operator.Answer ask(Operator operator, String guest) {
        return operator.ask(new OperatorCommand.ResumeReplication(guest));
    }
}
