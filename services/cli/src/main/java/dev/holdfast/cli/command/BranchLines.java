package dev.holdfast.cli.command;

import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import dev.holdfast.cli.output.Size;
import dev.holdfast.cli.output.Span;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Replication.Branch;
import java.util.List;

/** Divergent branches: what never left a node before another one took over. */
final class BranchLines {

    /** A branch and whose it is. */
    record Line(String guest, Branch branch) {}

    private BranchLines() {}

    static List<Line> of(List<GuestState> guests) {
        return guests.stream()
                .flatMap(guest -> guest.replication().branches().stream().map(branch -> new Line(guest.name(), branch)))
                .toList();
    }

    static Listing<Line> listing(Overview overview) {
        return new Listing<Line>(line -> fields(overview, line))
                .column("GUEST", Line::guest)
                .column("NODE", line -> line.branch().node())
                .column("DIVERGENT BRANCH", line -> line.branch().aside())
                .column("BYTES", line -> Size.of(line.branch().bytes()))
                .column("SINCE SNAPSHOT", line -> SnapshotText.ofId(line.branch().from()))
                .column("KEPT FOR", line -> Span.of(overview.elapsed(line.branch().since())))
                .column("NOTE", line -> note(line.branch()));
    }

    private static String note(Branch branch) {
        if (branch.dropFailure() != null) {
            return "not deleted: " + branch.dropFailure();
        }
        return branch.dropWhy() == null ? null : "being deleted, " + branch.dropWhy();
    }

    private static Fields fields(Overview overview, Line line) {
        Branch branch = line.branch();
        return Fields.of("kind", "branch")
                .and("guest", line.guest())
                .and("node", branch.node())
                .and("name", branch.aside())
                .and("bytes", branch.bytes())
                .and("epoch", branch.epoch())
                .and("sinceSnapshot", branch.from())
                .and("keptForMs", overview.elapsed(branch.since()))
                .and("dropWhy", branch.dropWhy())
                .and("dropFailure", branch.dropFailure());
    }
}
