package dev.holdfast.cli.command;

import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.state.GuestState;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Changes a guest's specification. */
@Command(
        name = "set",
        description = "Change fields of a guest's specification; an empty value brings the default back.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast guest set shop-db replication.interval=5s maxDataLoss=10s",
            "  ./holdfast guest set shop-db nodes.preferred=[a,b] environment.TZ=",
        })
final class GuestSet extends Verb {

    @Parameters(index = "0", paramLabel = "GUEST", description = "Name of the guest.")
    private String guest;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description = "Fields as in the file, with dots, for example probe.timeout=2s.")
    private List<String> assignments;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        try (ClusterAccess access = access()) {
            GuestState known = KnownGuest.named(access, guest);
            // A guest that was stopped or started by command since it was declared stays so.
            SpecEdit edit = new SpecEdit(known.spec().requested(known.requested()));
            assignments.forEach(edit::set);
            GuestSpec changed = edit.done();
            return Change.show(screen(), change.operator(access)
                    .declare(new GuestAddresses(config().reach(), List.of(known)).addressed(changed)));
        }
    }
}
