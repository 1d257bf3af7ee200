package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.read.ClusterAccess;
import picocli.CommandLine.Command;

/** The guests, as the log shows them. */
@Command(name = "list", description = "List the guests, as the log shows them.")
final class GuestList extends Verb {

    @Override
    public Integer call() {
        try (ClusterAccess access = access()) {
            Overview overview = OverviewReader.read(access);
            screen().list(GuestLines.listing(overview), overview.guests());
            return ExitCode.OK;
        }
    }
}
