package dev.holdfast.cli.command;

import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import dev.holdfast.cli.output.Size;
import dev.holdfast.cli.output.Span;
import dev.holdfast.core.state.Replication;
import java.util.ArrayList;
import java.util.List;

/** The copies of guests, one line for each target. */
final class CopyLines {

    private CopyLines() {}

    static Listing<CopyLine> listing() {
        return new Listing<>(CopyLines::fields)
                .column("GUEST", line -> line.guest().name())
                .column("OWNER", CopyLine::owner)
                .column("TARGET", CopyLine::target)
                .column("SNAPSHOT", line -> SnapshotText.of(line.snapshot()))
                .column("AGE", line -> line.age().map(Span::of).orElse(null))
                .column("LAST SUCCESS", line -> line.lastSuccess().map(age -> Span.of(age) + " ago").orElse(null))
                .column("BYTES", line -> line.hasArrived() ? Size.of(line.last().bytes()) : null)
                .column("RATE", line -> line.rate() == null ? null : Size.of(line.rate()) + "/s")
                .column("NEXT", CopyLines::next)
                .column("FAILURES", line -> line.last() == null ? "0" : String.valueOf(line.last().failures()))
                .column("NOTE", CopyLines::note);
    }

    private static String next(CopyLine line) {
        if (line.guest().replication().isPaused()) {
            return "paused";
        }
        return line.nextRun().map(wait -> wait.isZero() ? "due" : "in " + Span.of(wait)).orElse(null);
    }

    private static String note(CopyLine line) {
        List<String> notes = new ArrayList<>();
        Replication replication = line.guest().replication();
        if (line.last() != null && line.last().reason() != null) {
            notes.add(line.last().reason());
        }
        if (replication.isPaused()) {
            notes.add(paused(replication.hold()));
        }
        if (replication.problem() != null) {
            notes.add(replication.dropped() > 0
                    ? replication.dropped() + " snapshots dropped in a row: " + replication.problem()
                    : "freeze hook: " + replication.problem());
        }
        if (replication.missed() > 0) {
            notes.add(replication.missed() + " snapshots missed");
        }
        return String.join("; ", notes);
    }

    static String paused(Replication.Hold hold) {
        return "replication paused by " + hold.who() + (hold.why().isBlank() ? "" : ": " + hold.why());
    }

    private static Fields fields(CopyLine line) {
        Replication replication = line.guest().replication();
        Replication.Target last = line.last();
        return Fields.of("kind", "copy")
                .and("guest", line.guest().name())
                .and("owner", line.owner())
                .and("target", line.target())
                .and("snapshot", line.snapshot() == null ? null : line.snapshot().id())
                .and("epoch", line.snapshot() == null ? null : line.snapshot().epoch())
                .and("sequence", line.snapshot() == null ? null : line.snapshot().sequence())
                .and("ageMs", line.age().orElse(null))
                .and("lastSuccessMs", line.lastSuccess().orElse(null))
                .and("bytes", line.hasArrived() ? last.bytes() : null)
                .and("bytesPerSecond", line.rate())
                .and("nextRunMs", line.nextRun().orElse(null))
                .and("failures", last == null ? 0 : last.failures())
                .and("reason", last == null ? null : last.reason())
                .and("paused", replication.isPaused())
                .and("pausedWhy", replication.isPaused() ? replication.hold().why() : null)
                .and("snapshotsMissed", replication.missed())
                .and("snapshotsDropped", replication.dropped())
                .and("snapshotProblem", replication.problem());
    }
}
