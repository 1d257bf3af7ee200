package dev.holdfast.cli.command;

import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Operator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that asks one thing of the log about one guest. Whether there is such a guest is the log's to say. */
abstract class GuestChange extends Verb {

    @Parameters(paramLabel = "GUEST", description = "Name of the guest.")
    private String guest;

    @Mixin
    private Change change;

    /** Asks. */
    abstract Operator.Answer ask(Operator operator, String guest);

    @Override
    public final Integer call() {
        try (ClusterAccess access = access()) {
            return Change.show(screen(), ask(change.operator(access), guest));
        }
    }
}
