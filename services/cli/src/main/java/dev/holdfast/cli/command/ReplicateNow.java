package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import dev.holdfast.cli.output.Span;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Operator;
import dev.holdfast.cli.read.TopicTail;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.encoding.Received;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a guest copied at once and says what came of it at each target. */
@Command(
        name = "now",
        description = "Take a snapshot of a running guest now, send it to the other nodes and say what came of it.",
        footer = "Ends with 0 if every other node has it. One that fails is tried again; 'replicas' shows when.")
final class ReplicateNow extends Verb {

    private static final Duration POLL = Duration.ofMillis(200);

    private static final Listing<RequestedCopy.Line> LISTING = new Listing<>(ReplicateNow::fields)
            .column("TARGET", RequestedCopy.Line::target)
            .column("RESULT", line -> word(line.result()))
            .column("BYTES", line -> line.bytes() == null ? null : line.bytes().toString())
            .column("TOOK", line -> Span.of(line.took()))
            .column("REASON", RequestedCopy.Line::reason);

    @Parameters(paramLabel = "GUEST", description = "Name of the guest.")
    private String guest;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationOption.class,
            description = "How long to wait for the copies. Default: ${DEFAULT-VALUE}")
    private Duration limit;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        try (ClusterAccess access = access(); TopicTail reports = access.tail(TopicCatalogue.REPLICA_REPORTS)) {
            reports.fromEnd();
            Operator.Answer answer = change.operator(access).ask(new OperatorCommand.RequestReplication(guest));
            if (!answer.accepted()) {
                return Change.show(screen(), answer);
            }
            RequestedCopy copy = new RequestedCopy(guest, answer.id(), config().nodes());
            await(copy, reports);
            return show(copy);
        }
    }

    private void await(RequestedCopy copy, TopicTail reports) {
        long end = System.nanoTime() + limit.toNanos();
        while (!copy.isOver() && System.nanoTime() < end) {
            for (Received received : reports.poll(POLL)) {
                if (received instanceof Received.Message message && message.body() instanceof ReplicaReport report) {
                    copy.take(report);
                }
            }
        }
    }

    private int show(RequestedCopy copy) {
        if (copy.dropped() != null) {
            throw Failure.failed("no snapshot was taken: " + copy.dropped());
        }
        if (copy.taken() == null) {
            throw Failure.failed("asked for, but no snapshot was taken within " + Span.of(limit)
                    + "; './holdfast replicas " + guest + "' shows what becomes of it");
        }
        screen().progress(guest + " snapshot " + SnapshotText.of(copy.taken().snapshot()) + " taken on "
                + copy.taken().node() + ", guest paused " + copy.taken().pauseMs() + " ms"
                + (copy.taken().hookFailure() == null ? "" : ", freeze hook: " + copy.taken().hookFailure()));
        screen().list(LISTING, copy.lines());
        return copy.isEverywhere() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static Fields fields(RequestedCopy.Line line) {
        return Fields.of("target", line.target())
                .and("result", line.result())
                .and("snapshot", line.snapshot().id())
                .and("bytes", line.bytes())
                .and("tookMs", line.took())
                .and("reason", line.reason());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
