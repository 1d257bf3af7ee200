package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.PresentState;
import dev.holdfast.cli.read.StateReader;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.recovery.spec.GuestSpecFile;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Declares a guest from a file. */
@Command(
        name = "add",
        description = "Declare a guest from a YAML file; it is started unless the file says otherwise.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast guest add infra/examples/guest.yaml --check    only check the file",
            "  ./holdfast guest add infra/examples/guest.yaml --why 'ticket 4711'",
        })
final class GuestAdd extends Verb {

    @Parameters(paramLabel = "FILE", description = "The guest's specification; infra/examples/guest.yaml explains it.")
    private Path file;

    @Option(names = "--check", description = "Only check the file; no cluster is needed.")
    private boolean check;

    @Option(names = "--replace", description = "Also if there is a guest of that name: change it to what the file says.")
    private boolean replace;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        GuestSpec spec = SpecText.accepted(GuestSpecFile.read(file));
        if (check) {
            screen().result(file + ": fine, guest " + spec.name() + ".",
                    Fields.of("file", file.toString()).and("guest", spec.name()).and("valid", true));
            return ExitCode.OK;
        }
        try (ClusterAccess access = access()) {
            Map<String, GuestState> guests =
                    new StateReader(access).read().map(PresentState::state).map(state -> state.guests()).orElse(Map.of());
            if (guests.containsKey(spec.name()) && !replace) {
                throw Failure.failed("there is a guest " + spec.name()
                        + " already: change it with 'guest set', or with the whole file by --replace");
            }
            GuestSpec addressed = new GuestAddresses(config().reach(), guests.values()).addressed(spec);
            return Change.show(screen(), change.operator(access).declare(addressed));
        }
    }
}
