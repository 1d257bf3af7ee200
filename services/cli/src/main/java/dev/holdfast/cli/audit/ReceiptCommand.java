package dev.holdfast.cli.audit;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.audit.receipt.Receipt;
import dev.holdfast.audit.receipt.Receipts;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.command.Verb;
import dev.holdfast.cli.output.Json;
import dev.holdfast.cli.output.Listing;
import dev.holdfast.cli.output.Span;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is filed of an outage. */
@Command(
        name = "receipt",
        description = "Show how long an outage was and what it cost, by which rule it ended, and how to prove it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./holdfast receipt                             all of them, one line each",
            "  ./holdfast receipt shop-db                     the newest of that guest",
            "  ./holdfast receipt 42 --html outage-42.html    a page to print, sign and file",
            "  ./holdfast receipt 42 --file incident.journal  from an exported journal, without a cluster",
        })
public final class ReceiptCommand extends Verb {

    @Mixin
    private JournalOption journal;

    @Parameters(
            arity = "0..1",
            paramLabel = "EVENT|GUEST",
            description = "Number of the decision that ended the outage, or of any other of it, as 'events -o json' shows "
                    + "them; or a guest, for its newest. Without it all receipts are listed.")
    private String subject;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write it into this file as a page to be printed; it needs nothing else and runs nothing.")
    private Path html;

    @Override
    public Integer call() {
        if (html != null && subject == null) {
            throw Failure.badInput("--html: name the outage too; 'receipt' alone lists them");
        }
        try (JournalSource source = journal.open(this)) {
            List<Receipt> all = Receipts.of(source.past());
            if (subject == null) {
                screen().list(listing(source.cluster()), all);
            } else {
                show(Receipts.find(all, subject).orElseThrow(() -> none(all)), source.cluster());
            }
            return ExitCode.OK;
        } catch (Past.BrokenJournal broken) {
            throw Failure.failed(broken.getMessage(), broken);
        }
    }

    private Failure none(List<Receipt> all) {
        return Failure.badInput("no receipt of '" + subject + "': "
                + (all.isEmpty()
                        ? "the journal tells of no outage that is over"
                        : "it is neither a guest that was ever away nor the number of a decision of an outage; 'receipt' "
                                + "alone lists them"));
    }

    private void show(Receipt receipt, String cluster) {
        if (screen().isJson()) {
            screen().line(Json.line(ReceiptFields.of(receipt, cluster)));
        } else {
            ReceiptText.lines(receipt, cluster, ZoneId.systemDefault()).forEach(screen()::line);
        }
        if (html != null) {
            ReceiptFiles.page(html, receipt, cluster);
            screen().progress("written to " + html + "; print it from any browser");
        }
    }

    private static Listing<Receipt> listing(String cluster) {
        ReceiptWords words = new ReceiptWords(ZoneId.systemDefault());
        return new Listing<Receipt>(receipt -> ReceiptFields.of(receipt, cluster))
                .column("EVENT", receipt -> String.valueOf(receipt.number()))
                .column("TIME", receipt -> words.second(receipt.recovered().at()))
                .column("GUEST", Receipt::guest)
                .column("WHAT", receipt -> ReceiptWords.kind(receipt.kind()) + (receipt.isDrill() ? ", drill" : ""))
                .column("FROM", receipt -> receipt.from() == null ? null : receipt.from().node())
                .column("TO", receipt -> receipt.to().node())
                .column("OUTAGE", receipt -> Span.of(receipt.outage()))
                .column("RPO", ReceiptWords::loss)
                .column("RULE", receipt -> receipt.proof().rule().name());
    }
}
