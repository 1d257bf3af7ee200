package dev.holdfast.cli.audit;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.audit.why.Receipt;
import dev.holdfast.audit.why.Told;
import dev.holdfast.audit.why.Why;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.output.Listing;
import dev.holdfast.cli.output.Span;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The receipt of an outage. */
@Command(
        name = "receipt",
        description = "Show the receipts of outages, or one of them, or write it as a page to be printed and filed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast receipt                              all of them, a line each",
            "  ./holdfast receipt shop-db                      the last one of that guest",
            "  ./holdfast receipt 23 --html outage.html        that of decision 23, as a page",
        })
public final class ReceiptCommand extends Verb {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    @Mixin
    private JournalOption journal;

    @Parameters(arity = "0..1", paramLabel = "GUEST|DECISION",
            description = "A guest, for its last outage, or the number of the decision by which it was recovered.")
    private String subject;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page into this file.")
    private Path html;

    @Override
    public Integer call() {
        try (JournalSource source = journal.open(this)) {
            List<Receipt> all = new Why(source.past(), Instant.MAX).receipts();
            if (subject == null) {
                if (html != null) {
                    throw Failure.badInput("--html: name the guest or the decision; 'receipt' alone lists them");
                }
                screen().list(listing(), all);
                return ExitCode.OK;
            }
            Receipt receipt = all.stream().filter(this::isAskedFor).reduce((one, other) -> other)
                    .orElseThrow(() -> Failure.badInput("there is no receipt of '" + subject + "'; "
                            + (all.isEmpty() ? "no guest ever recovered from an outage" : "'receipt' alone lists them")));
            show(receipt, source.cluster());
            return ExitCode.OK;
        } catch (Past.BrokenJournal broken) {
            throw Failure.failed(broken.getMessage(), broken);
        }
    }

    private boolean isAskedFor(Receipt receipt) {
        return receipt.recovered().guest().equals(subject)
                || String.valueOf(receipt.told().decision().sequence()).equals(subject);
    }

    private void show(Receipt receipt, String cluster) {
        if (html != null) {
            try {
                Files.writeString(html, ReceiptPage.of(receipt, cluster, ZoneId.systemDefault()));
            } catch (IOException e) {
                throw Failure.failed(html + " could not be written: " + e.getMessage(), e);
            }
            screen().progress("written: " + html);
        }
        if (screen().isJson()) {
            screen().line(Json.line(fields(receipt).and("cluster", cluster)));
        } else if (html == null) {
            text(receipt, cluster).forEach(screen()::line);
        }
    }

    private static List<String> text(Receipt receipt, String cluster) {
        GuestRecovered recovered = receipt.recovered();
        List<String> lines = new ArrayList<>();
        lines.add("Receipt of decision " + receipt.told().decision().sequence() + ", cluster " + cluster);
        lines.add("");
        lines.add("  guest       " + recovered.guest() + ", " + from(receipt) + " to " + recovered.node() + " under epoch "
                + recovered.epoch());
        lines.add("  recovered   " + time(receipt.told().at()));
        lines.add("  outage      " + Span.of(recovered.outage()) + " of log time");
        lines.add("  phases      suspected " + Span.of(recovered.suspected()) + ", fenced " + Span.of(recovered.fenced())
                + ", promoted " + Span.of(recovered.promoted()) + ", started " + Span.of(recovered.started()));
        lines.add("  data loss   " + loss(receipt));
        if (receipt.fence() != null) {
            lines.add("  fence       " + receipt.fence().decision().event().summary());
            lines.add("  rule        " + receipt.fence().decision().cause().rule());
            for (Evidence evidence : receipt.fence().decision().cause().evidence()) {
                lines.add("  evidence    " + evidence.witness() + "/" + evidence.incarnation() + " at offsets "
                        + evidence.baseOffset() + " and " + evidence.offset() + ": " + Span.of(evidence.proven()));
            }
        }
        lines.add("");
        lines.add("Decisions, each with the hash of its entry in the journal:");
        receipt.decisions().forEach(told -> lines.add("  %s  %5d  %s  %s".formatted(
                time(told.at()), told.decision().sequence(), told.hash().substring(0, 16),
                told.decision().event().summary())));
        return lines;
    }

    static String from(Receipt receipt) {
        return receipt.from() == null ? "from nowhere that is told of" : "from " + receipt.from().node() + "/"
                + receipt.from().incarnation();
    }

    static String loss(Receipt receipt) {
        GuestRecovered recovered = receipt.recovered();
        String window = recovered.dataLoss() == null ? "unknown" : Span.of(recovered.dataLoss());
        return receipt.snapshot() == null
                ? window + ", the newest copy itself was started"
                : window + ", promoted was snapshot " + receipt.snapshot().id() + " (" + receipt.snapshot() + ")";
    }

    private static String time(Instant at) {
        return TIME.format(at.atZone(ZoneId.systemDefault()));
    }

    private static Listing<Receipt> listing() {
        return new Listing<>(ReceiptCommand::fields)
                .column("DECISION", receipt -> String.valueOf(receipt.told().decision().sequence()))
                .column("RECOVERED", receipt -> time(receipt.told().at()))
                .column("GUEST", receipt -> receipt.recovered().guest())
                .column("FROM", receipt -> receipt.from() == null ? null : receipt.from().node())
                .column("TO", receipt -> receipt.recovered().node())
                .column("OUTAGE", receipt -> Span.of(receipt.recovered().outage()))
                .column("DATA LOSS", receipt -> Span.of(receipt.recovered().dataLoss()))
                .column("RULE", receipt -> receipt.fence() == null
                        ? null : receipt.fence().decision().cause().rule().name());
    }

    static Fields fields(Receipt receipt) {
        GuestRecovered recovered = receipt.recovered();
        Told fence = receipt.fence();
        return Fields.of("decision", receipt.told().decision().sequence())
                .and("entry", receipt.told().entry())
                .and("hash", receipt.told().hash())
                .and("recoveredAt", receipt.told().at())
                .and("guest", recovered.guest())
                .and("from", receipt.from() == null ? null : receipt.from().node())
                .and("to", recovered.node())
                .and("epoch", recovered.epoch())
                .and("outageMs", recovered.outage())
                .and("suspectedMs", recovered.suspected())
                .and("fencedMs", recovered.fenced())
                .and("promotedMs", recovered.promoted())
                .and("startedMs", recovered.started())
                .and("dataLossMs", recovered.dataLoss())
                .and("snapshot", receipt.snapshot() == null ? null : receipt.snapshot().id())
                .and("rule", fence == null ? null : fence.decision().cause().rule().name())
                .and("tMs", fence == null ? null : fence.needed())
                .and("profile", receipt.told().profile())
                .and("evidence", fence == null
                        ? List.of()
                        : fence.decision().cause().evidence().stream().map(WhyCommand::fields).toList())
                .and("decisions", receipt.decisions().stream()
                        .map(told -> WhyCommand.fields(told).and("hash", told.hash()))
                        .toList());
    }
}
