package dev.holdfast.cli.command;

import dev.holdfast.cli.read.Operator;
import picocli.CommandLine.Command;

/** Has a guest forgotten. */
@Command(
        name = "remove",
        description = "Stop a guest and forget it. Its volumes stay on the nodes.")
final class GuestRemove extends GuestChange {

    @Override
    Operator.Answer ask(Operator operator, String guest) {
        return operator.remove(guest);
    }
}
