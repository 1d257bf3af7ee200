package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.output.OutputFormat;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.core.state.GuestState;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the copies of guests are and how old, and what diverged. */
@Command(
        name = "replicas",
        description = "Show the copies of guests: one line for each target, and what diverged.",
        subcommands = ReplicasDrop.class,
        footer = {
            "AGE is how much of the owner's time a copy lags behind the owner's newest beat; LAST SUCCESS and NEXT are",
            "times of the owner too. A divergent branch is what never left a node before another one took over; it is in",
            "volumes/GUEST/aside/NAME of that node, with or without a cluster, and goes only by 'replicas drop' or the",
            "guest's replication.keepDivergent.",
        })
final class ReplicasCommand extends Verb {

    @Parameters(arity = "0..1", paramLabel = "GUEST", description = "Of this guest only. Default: of all")
    private String guest;

    @Option(names = "--divergent", description = "Divergent branches only; with -o tsv they are shown in no other way.")
    private boolean divergent;

    @Override
    public Integer call() {
        try (ClusterAccess access = access()) {
            Overview overview = OverviewReader.read(access);
            List<GuestState> guests =
                    guest == null ? overview.guests() : List.of(KnownGuest.named(overview.state().guests(), guest));
            show(overview, guests);
            return ExitCode.OK;
        }
    }

    private void show(Overview overview, List<GuestState> guests) {
        List<BranchLines.Line> branches = BranchLines.of(guests);
        if (!divergent) {
            screen().list(CopyLines.listing(), CopyLine.of(overview, guests));
        }
        boolean text = screen().format() == OutputFormat.TEXT;
        if (!divergent && text && !branches.isEmpty()) {
            screen().line("");
        }
        // Two tables with different columns cannot be cut as one.
        if (divergent || screen().isJson() || text && !branches.isEmpty()) {
            screen().list(BranchLines.listing(overview), branches);
        }
    }
}
