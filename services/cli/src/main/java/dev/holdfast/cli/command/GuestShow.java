package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.state.GuestState;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a guest's specification. */
@Command(
        name = "show",
        description = "Print the specification in force, as a file that 'guest add' accepts. Passwords are in it.")
final class GuestShow extends Verb {

    @Parameters(paramLabel = "GUEST", description = "Name of the guest.")
    private String guest;

    @Override
    public Integer call() {
        try (ClusterAccess access = access()) {
            GuestState known = KnownGuest.named(access, guest);
            GuestSpec spec = known.spec().requested(known.requested());
            Map<String, Object> fields = SpecText.fields(spec);
            screen().line(screen().isJson() ? Json.line(fields) : SpecEdit.yaml(fields).stripTrailing());
            return ExitCode.OK;
        }
    }
}
