package dev.holdfast.cli.audit;

import dev.holdfast.audit.why.Receipt;
import dev.holdfast.audit.why.RuleWords;
import dev.holdfast.audit.why.Told;
import dev.holdfast.cli.output.Span;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A receipt as a page to be printed and filed: one file, without scripts, that needs nothing else. */
final class ReceiptPage {

    private static final int BAR = 700;

    private final StringBuilder page = new StringBuilder();
    private final Receipt receipt;
    private final ZoneId zone;

    private ReceiptPage(Receipt receipt, ZoneId zone) {
        this.receipt = receipt;
        this.zone = zone;
    }

    static String of(Receipt receipt, String cluster, ZoneId zone) {
        return new ReceiptPage(receipt, zone).text(cluster);
    }

    private String text(String cluster) {
        GuestRecovered recovered = receipt.recovered();
        page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Outage of ")
                .append(escaped(recovered.guest())).append("</title>\n<style>@page{size:A4;margin:18mm}")
                .append("body{font:14px/1.45 system-ui,sans-serif;color:#111;max-width:760px;margin:24px auto;padding:0 16px}")
                .append("h1{font-size:22px;margin:0}h2{font-size:15px;margin:22px 0 6px}.sub{color:#555;margin:2px 0 18px}")
                .append(".big{display:flex;gap:40px}.big div{min-width:150px}.big b{display:block;font-size:28px}")
                .append("table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;")
                .append("padding:3px 10px 3px 0;border-bottom:1px solid #ddd}code{font-size:11px}")
                .append(".sign{margin-top:40px;border-top:1px solid #111;width:260px;padding-top:4px;color:#555}")
                .append("svg{max-width:100%}</style></head><body>\n")
                .append("<h1>Outage of ").append(escaped(recovered.guest())).append("</h1>\n<p class=\"sub\">Cluster ")
                .append(escaped(cluster)).append(", recovered ").append(time(receipt.told().at())).append(", ")
                .append(escaped(ReceiptCommand.from(receipt))).append(" to ").append(escaped(recovered.node()))
                .append(", receipt of decision ").append(receipt.told().decision().sequence()).append("</p>\n")
                .append("<div class=\"big\"><div id=\"outage\"><b>").append(Span.of(recovered.outage()))
                .append("</b>outage (RTO)</div><div id=\"rpo\"><b>")
                .append(recovered.dataLoss() == null ? "unknown" : Span.of(recovered.dataLoss()))
                .append("</b>data-loss window (RPO)</div></div>\n");
        phases();
        page.append("<h2>Data</h2>\n<p>").append(escaped(ReceiptCommand.loss(receipt))).append("</p>\n");
        evidence();
        decisions();
        page.append("<h2>How to check this</h2>\n<p>Each decision stands in the cluster's journal with the hash given. ")
                .append("<code>holdfast audit</code> checks that the journal was not changed, <code>holdfast replay</code> ")
                .append("that the same rules come to the same decisions, <code>holdfast why ")
                .append(receipt.fence() == null
                        ? receipt.told().decision().sequence()
                        : receipt.fence().decision().sequence())
                .append("</code> explains the fencing again.</p>\n<p class=\"sign\">filed by, date</p>\n</body></html>\n");
        return page.toString();
    }

    private record Phase(String name, Duration until, String colour) {}

    private void phases() {
        GuestRecovered recovered = receipt.recovered();
        List<Phase> phases = new ArrayList<>();
        add(phases, "noticed", recovered.suspected(), "#90a4ae");
        add(phases, "proven and fenced", recovered.fenced(), "#c62828");
        add(phases, "promoted", recovered.promoted(), "#f9a825");
        add(phases, "started", recovered.started(), "#1565c0");
        add(phases, "answers", recovered.outage(), "#2e7d32");
        double whole = Math.max(1, recovered.outage().toMillis());
        page.append("<h2>Phases</h2>\n<svg viewBox=\"0 0 ").append(BAR).append(" 26\" width=\"").append(BAR)
                .append("\" height=\"26\" role=\"img\" aria-label=\"phases of the outage\">");
        Duration since = Duration.ZERO;
        for (Phase phase : phases) {
            double from = BAR * since.toMillis() / whole;
            double width = Math.max(1, BAR * (phase.until().toMillis() - since.toMillis()) / whole);
            page.append(String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"2\" width=\"%.1f\" height=\"22\" fill=\"%s\">",
                    from, width, phase.colour())).append("<title>").append(phase.name()).append("</title></rect>");
            since = phase.until();
        }
        page.append("</svg>\n<table><tr><th>phase</th><th>ends after</th><th>took</th></tr>\n");
        since = Duration.ZERO;
        for (Phase phase : phases) {
            page.append("<tr><td><span style=\"color:").append(phase.colour()).append("\">&#9632;</span> ")
                    .append(phase.name()).append("</td><td>").append(Span.of(phase.until())).append("</td><td>")
                    .append(Span.of(phase.until().minus(since))).append("</td></tr>\n");
            since = phase.until();
        }
        page.append("</table>\n");
    }

    /** Phases that were not passed are left out, and none ends before the one before it. */
    private static void add(List<Phase> phases, String name, Duration until, String colour) {
        if (until != null) {
            Duration least = phases.isEmpty() ? Duration.ZERO : phases.getLast().until();
            phases.add(new Phase(name, until.compareTo(least) < 0 ? least : until, colour));
        }
    }

    private void evidence() {
        Told fence = receipt.fence();
        if (fence == null) {
            page.append("<h2>Rule</h2>\n<p id=\"rule\">No node was fenced for it: ")
                    .append(receipt.told().decision().cause().rule()).append("</p>\n");
            return;
        }
        page.append("<h2>Rule and evidence</h2>\n<p id=\"rule\"><b>").append(fence.decision().cause().rule())
                .append("</b>: ").append(escaped(RuleWords.of(fence.decision().cause().rule()))).append(".<br>")
                .append(escaped(fence.decision().event().summary())).append("</p>\n");
        List<Evidence> evidence = fence.decision().cause().evidence();
        if (!evidence.isEmpty()) {
            page.append("<table><tr><th>witness</th><th>beats at offsets</th><th>proven silence</th><th>needed</th></tr>\n");
            for (Evidence each : evidence) {
                page.append("<tr><td>").append(escaped(each.witness())).append('/').append(each.incarnation())
                        .append("</td><td>").append(each.baseOffset()).append(" and ").append(each.offset())
                        .append("</td><td>").append(Span.of(each.proven())).append("</td><td>")
                        .append(Span.of(fence.needed())).append(" (profile ").append(escaped(String.valueOf(fence.profile())))
                        .append(")</td></tr>\n");
            }
            page.append("</table>\n");
        }
    }

    private void decisions() {
        page.append("<h2>Decisions</h2>\n<table id=\"decisions\"><tr><th>time</th><th>decision</th><th>what</th></tr>\n");
        for (Told told : receipt.decisions()) {
            page.append("<tr><td style=\"white-space:nowrap\">").append(time(told.at())).append("</td><td>")
                    .append(told.decision().sequence()).append("</td><td>")
                    .append(escaped(told.decision().event().summary())).append("<br><code class=\"hash\">").append(told.hash())
                    .append("</code></td></tr>\n");
        }
        page.append("</table>\n");
    }

    private String time(Instant at) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").format(at.atZone(zone));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
