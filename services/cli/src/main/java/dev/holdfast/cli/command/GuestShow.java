package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.output.Span;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.state.GuestState;
import java.util.ArrayList;
import java.util.List;
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
            if (!screen().isJson()) {
                about(access, known).forEach(line -> screen().line("# " + line));
            }
            screen().line(screen().isJson() ? Json.line(fields) : SpecEdit.yaml(fields).stripTrailing());
            return ExitCode.OK;
        }
    }

    /** What is not in the specification and matters most; as comments, so that the file stays one. */
    private static List<String> about(ClusterAccess access, GuestState known) {
        List<String> lines = new ArrayList<>();
        OverviewReader.read(access).recoveryPoint(known).ifPresent(age ->
                lines.add("RPO now: the newest copy on another node is " + Span.of(age) + " old"));
        if (known.replication().isPaused()) {
            lines.add("WARNING: " + CopyLines.paused(known.replication().hold()) + ", the RPO grows");
        }
        return lines;
    }
}
