package dev.holdfast.cli.command;

import dev.holdfast.cli.read.Operator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has a guest forgotten. */
@Command(
        name = "remove",
        description = "Stop a guest and forget it. Its volumes stay on the nodes.")
final class GuestRemove extends GuestChange {

    @Option(
            names = "--leave-running",
            description = "Leave it running where it runs; nothing is decided about it any more, not even its recovery, "
                    + "and it is forgotten once it has ended. It still ends with its node's services.")
    private boolean leaveRunning;

    @Override
    Operator.Answer ask(Operator operator, String guest) {
        return operator.remove(guest, leaveRunning);
    }
}
