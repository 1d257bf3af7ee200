package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Occurrence;
import dev.holdfast.cli.read.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The timeline. */
@Command(
        name = "events",
        description = "Show what was asked and what was decided, oldest first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast events --follow             watch",
            "  ./holdfast events --guest shop-db --since 10m",
            "  ./holdfast events -o json --all | jq 'select(.rule==\"R6_SILENCE\")'",
        })
final class EventsCommand extends Verb {

    private static final Duration POLL = Duration.ofMillis(500);

    @Option(names = {"-f", "--follow"}, description = "Go on with what happens from now on, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--guest", paramLabel = "GUEST", description = "Only what is about this guest.")
    private String guest;

    @Option(names = "--node", paramLabel = "NODE", description = "Only what is about this node.")
    private String node;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "Only since then: a duration before now (10m) or a time (2026-11-23T10:00:00Z).")
    private String since;

    @Option(names = "--last", paramLabel = "N", description = "Only the last N lines. Default: 50; all with --since")
    private Integer last;

    @Option(names = "--all", description = "Everything since the cluster was made.")
    private boolean all;

    @Override
    public Integer call() {
        if (last != null && last < 0) {
            throw Failure.badInput("--last " + last + ": must be 0 or more");
        }
        Instant from = since == null ? Instant.MIN : Since.parse("--since", since, Instant.now());
        EventFilter filter = new EventFilter(guest, node, from);
        try (ClusterAccess access = access();
                Timeline timeline = Timeline.fromLast(access, Long.MAX_VALUE)) {
            EventPrinter printer = new EventPrinter(screen());
            List<Occurrence> past = timeline.readToEnd().stream().filter(filter).toList();
            past.subList(Math.max(0, past.size() - limit()), past.size()).forEach(printer::print);
            while (follow) {
                timeline.poll(POLL).stream().filter(filter).forEach(printer::print);
            }
            return ExitCode.OK;
        }
    }

    private int limit() {
        if (last != null) {
            return last;
        }
        return all || since != null ? Integer.MAX_VALUE : 50;
    }
}
