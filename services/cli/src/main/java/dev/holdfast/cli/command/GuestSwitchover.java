package dev.holdfast.cli.command;

import dev.holdfast.cli.read.Operator;
import dev.holdfast.core.message.OperatorCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Moves a guest without loss. */
@Command(
        name = "switchover",
        description = "Move a running guest to another node in an orderly way, without loss.")
final class GuestSwitchover extends GuestChange {

    @Option(names = "--to", paramLabel = "NODE", description = "Where to. Default: the best node that has a replica")
    private String to;

    @Override
    Operator.Answer ask(Operator operator, String guest) {
        return operator.ask(new OperatorCommand.Switchover(guest, to == null ? null : knownNode(to)));
    }
}
