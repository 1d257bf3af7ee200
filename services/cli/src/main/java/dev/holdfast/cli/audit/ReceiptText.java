package dev.holdfast.cli.audit;

import dev.holdfast.audit.receipt.Line;
import dev.holdfast.audit.receipt.Receipt;
import dev.holdfast.cli.output.Span;
import dev.holdfast.core.event.Evidence;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A receipt for a terminal. */
public final class ReceiptText {

    /** Of a hash; the whole one is in the page and in JSON. */
    private static final int SHORT = 16;

    private ReceiptText() {}

    /** The lines to print. */
    public static List<String> lines(Receipt receipt, String cluster, ZoneId zone) {
        ReceiptWords words = new ReceiptWords(zone);
        List<String> lines = new ArrayList<>();
        lines.add("Receipt " + receipt.number() + " of cluster " + cluster + ": " + receipt.guest() + ", "
                + ReceiptWords.way(receipt) + ", " + words.second(receipt.recovered().at()));
        if (receipt.asked() != null) {
            lines.add("  " + words.asked(receipt));
        }
        field(lines, "outage", Span.of(receipt.outage()) + " of log time"
                + (receipt.byClocks() == null ? "" : ", " + Span.of(receipt.byClocks()) + " by the clocks")
                + (receipt.whole() ? "" : "; the journal that is kept begins in the midst of it"));
        for (Receipt.Phase phase : receipt.phases()) {
            field(lines, "  " + ReceiptWords.step(phase.step()), "%10s   %s   %s".formatted(
                    ReceiptWords.after(phase.until()), words.time(phase.line().at()),
                    ReceiptWords.meaning(receipt, phase.step())));
        }
        field(lines, "data lost", ReceiptWords.loss(receipt) + ". " + ReceiptWords.lossMeans(receipt));
        if (receipt.loss().snapshot() != null) {
            field(lines, "  snapshot", receipt.loss().name() + ", GUID " + receipt.loss().guid() + ", of "
                    + receipt.loss().snapshot().owner()
                    + (receipt.loss().asOf() == null ? "" : ", taken " + words.second(receipt.loss().asOf())));
        }
        if (words.kept(receipt) != null) {
            field(lines, "  kept", words.kept(receipt));
        }
        field(lines, "ran on", ReceiptWords.runner(receipt.from()));
        field(lines, "runs on", ReceiptWords.runner(receipt.to()));
        field(lines, "rule", receipt.proof().rule() + ": " + ReceiptWords.rule(receipt));
        field(lines, "  proof", receipt.proof().says());
        for (Evidence evidence : receipt.proof().evidence()) {
            field(lines, "  witness", "%s, life %s: beats at offsets %d to %d prove %s, needed %s".formatted(
                    evidence.witness(), evidence.incarnation(), evidence.baseOffset(), evidence.offset(),
                    ReceiptWords.after(evidence.proven()), Span.of(receipt.proof().needed())));
        }
        field(lines, "settings", ReceiptWords.timing(receipt));
        lines.add("  decisions, each with its entry in the journal and the beginning of its hash:");
        for (Line line : receipt.decisions()) {
            lines.add("    %6d  entry %-8d %s  %10s  %s".formatted(
                    line.decision().sequence(), line.entry(), line.hash().substring(0, SHORT),
                    ReceiptWords.after(line.after()), line.decision().event().summary()));
        }
        return lines;
    }

    private static void field(List<String> lines, String name, String value) {
        lines.add("  %-12s  %s".formatted(name, value));
    }
}
