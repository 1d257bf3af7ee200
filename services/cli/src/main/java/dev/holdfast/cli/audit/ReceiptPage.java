package dev.holdfast.cli.audit;

import dev.holdfast.audit.receipt.Line;
import dev.holdfast.audit.receipt.Receipt;
import dev.holdfast.cli.output.Span;
import dev.holdfast.core.event.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A receipt as a page to be printed on A4, signed and filed: one file that loads nothing and runs nothing. Everything
 * that the journal says is escaped; a guest's name cannot become markup.
 */
final class ReceiptPage {

    /** Width of the bar of phases in its own units. */
    private static final int BAR = 1_000;

    /** A phase is drawn at least so wide, or it could not be seen. */
    private static final double LEAST = 4;

    /** Neighbours differ in brightness, so that they can be told apart in black and white too. */
    private static final List<String> COLOURS = List.of("#d3dae2", "#8ba3bb", "#e3a83f", "#54789b", "#1f3247");

    private static final String STYLE = """
            @page { size: A4; margin: 15mm 17mm }
            * { box-sizing: border-box }
            html { -webkit-print-color-adjust: exact; print-color-adjust: exact }
            body { font: 10.5pt/1.42 "Liberation Sans", Arial, Helvetica, sans-serif; color: #111; background: #fff;
              max-width: 176mm; margin: 0 auto; padding: 8mm 0 }
            @media print { body { padding: 0; max-width: none } }
            h1 { font-size: 21pt; line-height: 1.15; margin: 0 0 1mm }
            h2 { font-size: 11pt; margin: 6mm 0 1.5mm; border-bottom: .3mm solid #111; padding-bottom: .6mm;
              break-after: avoid }
            p { margin: 0 0 1.5mm }
            .over { text-transform: uppercase; letter-spacing: .08em; font-size: 8.5pt; color: #444; margin: 0 0 1mm;
              display: flex; justify-content: space-between }
            .drill { border: .5mm solid #111; padding: 1.5mm 3mm; margin: 3mm 0; font-weight: bold }
            .big { display: flex; gap: 8mm; margin: 5mm 0 2mm }
            .big > div { flex: 1; border-top: 1mm solid #1f3247; padding-top: 1.5mm }
            .big b { display: block; font-size: 23pt; line-height: 1.1 }
            .big span { display: block; font-size: 9pt; color: #444 }
            table { border-collapse: collapse; width: 100%; font-size: 9.5pt }
            th { text-align: left; font-weight: bold; font-size: 8.5pt; color: #444 }
            th, td { padding: .8mm 3mm .8mm 0; vertical-align: top; border-bottom: .2mm solid #ccc }
            th.n, td.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
            tr { break-inside: avoid }
            thead { display: table-header-group }
            code { font-family: "Liberation Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 8.6pt }
            .hash { font-size: 7.4pt; color: #333; overflow-wrap: anywhere; display: block }
            .note { font-size: 8.5pt; color: #444; margin-top: 1.5mm }
            .swatch { width: 3.4mm; height: 3.4mm; vertical-align: -0.4mm; margin-right: 1.5mm }
            .bar { display: block; width: 100%; height: auto; margin: 1mm 0 2mm }
            .checks td { border: 0; padding-bottom: .3mm }
            .sign { display: flex; gap: 8mm; margin-top: 16mm; break-inside: avoid }
            .sign div { flex: 1; border-top: .3mm solid #111; padding-top: 1mm; font-size: 8.5pt; color: #444 }
            """;

    private final StringBuilder page = new StringBuilder();
    private final Receipt receipt;
    private final String cluster;
    private final ReceiptWords words;

    private ReceiptPage(Receipt receipt, String cluster, ZoneId zone) {
        this.receipt = receipt;
        this.cluster = cluster;
        this.words = new ReceiptWords(zone);
    }

    /** The whole file. */
    static String of(Receipt receipt, String cluster, ZoneId zone) {
        return new ReceiptPage(receipt, cluster, zone).written();
    }

    private String written() {
        Instant at = receipt.recovered().at();
        add("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Outage of %s, receipt %s</title>\n"
                + "<style>\n", receipt.guest(), receipt.number());
        page.append(STYLE);
        add("</style>\n</head>\n<body>\n<p class=\"over\"><span>Outage receipt no. %s</span><span>Cluster %s</span></p>\n",
                receipt.number(), cluster);
        add("<h1>%s was away for %s</h1>\n", receipt.guest(), Span.of(receipt.outage()));
        add("<p>%s, %s. Times of day are those of %s.</p>\n",
                capital(ReceiptWords.way(receipt)), words.day(at), words.zone(at));
        if (receipt.asked() != null) {
            add("<p class=\"%s\">%s</p>\n", receipt.isDrill() ? "drill" : "asked", words.asked(receipt));
        }
        figures();
        phases();
        loss();
        proof();
        decisions();
        checks();
        add("<div class=\"sign\"><div>Name</div><div>Date</div><div>Signature</div></div>\n</body>\n</html>\n");
        return page.toString();
    }

    private void figures() {
        add("<div class=\"big\">\n<div id=\"outage\"><b>%s</b><span>outage, from the last proof that it was well to its first "
                + "answer%s</span></div>\n", Span.of(receipt.outage()),
                receipt.byClocks() == null ? "" : "; " + Span.of(receipt.byClocks()) + " by the clocks");
        add("<div id=\"rpo\"><b>%s</b><span>of data that may be lost (RPO)</span></div>\n", ReceiptWords.loss(receipt));
        add("<div><b>%s</b><span>runs there now, under epoch %s%s</span></div>\n</div>\n",
                receipt.to().node(), receipt.to().epoch(),
                receipt.from() == null ? "" : "; before on " + receipt.from().node() + " under epoch "
                        + receipt.from().epoch());
    }

    private void phases() {
        add("<h2>What happened</h2>\n");
        bar();
        add("<table>\n<thead><tr><th>phase</th><th>what had happened by its end</th><th class=\"n\">after</th>"
                + "<th class=\"n\">time of day</th></tr></thead>\n");
        add("<tr><td></td><td>%s</td><td class=\"n\">0.000 s</td><td class=\"n\">%s</td></tr>\n",
                receipt.from() == null ? "it was well" : switch (receipt.kind()) {
                    case FAILOVER -> "the last sign of life of node " + receipt.from().node();
                    case MOVE -> "it ran on node " + receipt.from().node() + ", and was to move";
                    case RESTART -> "it ran on node " + receipt.from().node();
                },
                words.time(receipt.begunAt()));
        for (int i = 0; i < receipt.phases().size(); i++) {
            Receipt.Phase phase = receipt.phases().get(i);
            page.append("<tr><td><svg class=\"swatch\" viewBox=\"0 0 1 1\"><rect width=\"1\" height=\"1\" fill=\"")
                    .append(colour(i)).append("\"/></svg>");
            add("%s</td><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>\n",
                    ReceiptWords.step(phase.step()), ReceiptWords.meaning(receipt, phase.step()),
                    ReceiptWords.after(phase.until()), words.time(phase.line().at()));
        }
        add("</table>\n<p class=\"note\">%s</p>\n", ReceiptWords.clocks());
        if (!receipt.whole()) {
            add("<p>The journal that is kept begins in the midst of this outage: what came before is not shown.</p>\n");
        }
    }

    private void bar() {
        long whole = Math.max(1, receipt.outage().toMillis());
        add("<svg class=\"bar\" viewBox=\"0 0 %s 44\" role=\"img\" aria-label=\"The phases of the outage in proportion\">\n",
                BAR);
        double from = 0;
        Duration since = Duration.ZERO;
        for (int i = 0; i < receipt.phases().size(); i++) {
            Receipt.Phase phase = receipt.phases().get(i);
            boolean last = i == receipt.phases().size() - 1;
            // What is left for those that follow must be enough for each of them to be seen.
            double most = BAR - LEAST * (receipt.phases().size() - 1 - i);
            double to = last ? BAR : Math.min(most, Math.max(from + LEAST, BAR * (double) phase.until().toMillis() / whole));
            page.append(String.format(Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"24\" fill=\"%s\"/>\n", from, to - from - 1, colour(i)));
            if (to - from > 110) {
                add("<text x=\"" + coordinate(from + 4) + "\" y=\"40\" font-size=\"14\" fill=\"#111\">%s %s</text>\n",
                        ReceiptWords.step(phase.step()), Span.of(phase.until().minus(since)));
            }
            from = to;
            since = phase.until();
        }
        add("</svg>\n");
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String colour(int phase) {
        return COLOURS.get(phase % COLOURS.size());
    }

    private void loss() {
        add("<h2>What was lost</h2>\n<p>%s</p>\n", ReceiptWords.lossMeans(receipt));
        if (receipt.loss().snapshot() != null) {
            add("<p>Promoted was snapshot <code>%s</code>, GUID <code>%s</code>, of node %s%s.</p>\n",
                    receipt.loss().name(), receipt.loss().guid(), receipt.loss().snapshot().owner(),
                    receipt.loss().asOf() == null ? "" : ", taken at " + words.time(receipt.loss().asOf()));
        }
        if (words.kept(receipt) != null) {
            add("<p>%s</p>\n", words.kept(receipt));
        }
    }

    private void proof() {
        add("<h2>Why it could not run twice</h2>\n<p id=\"rule\">Rule <b>%s</b>: %s.</p>\n<p>%s</p>\n",
                receipt.proof().rule(), ReceiptWords.rule(receipt), receipt.proof().says());
        if (!receipt.proof().evidence().isEmpty()) {
            add("<table id=\"evidence\">\n<thead><tr><th>witness</th><th class=\"n\">from its beat at offset</th>"
                    + "<th class=\"n\">to its beat at offset</th><th class=\"n\">it lived through</th>"
                    + "<th class=\"n\">needed</th></tr></thead>\n");
            for (Evidence evidence : receipt.proof().evidence()) {
                add("<tr><td>node %s, life %s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td>"
                                + "<td class=\"n\">%s</td></tr>\n",
                        evidence.witness(), evidence.incarnation(), evidence.baseOffset(), evidence.offset(),
                        ReceiptWords.after(evidence.proven()), ReceiptWords.after(receipt.proof().needed()));
            }
            add("</table>\n");
        }
        add("<p class=\"note\">Before: %s. After: %s. In force: %s.</p>\n", ReceiptWords.runner(receipt.from()),
                ReceiptWords.runner(receipt.to()), ReceiptWords.timing(receipt));
    }

    private void decisions() {
        add("<h2>Every decision, with its hash in the journal</h2>\n<table id=\"decisions\">\n<thead><tr>"
                + "<th class=\"n\">no.</th><th class=\"n\">entry</th><th class=\"n\">after</th><th>decision, rule and hash</th>"
                + "</tr></thead>\n");
        for (Line line : receipt.decisions()) {
            add("<tr><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>%s <span>(%s)</span>"
                            + "<code class=\"hash\">%s</code></td></tr>\n",
                    line.decision().sequence(), line.entry(), ReceiptWords.after(line.after()),
                    line.decision().event().summary(), line.decision().cause().rule(), line.hash());
        }
        add("</table>\n");
    }

    private void checks() {
        add("<h2>How to check this</h2>\n<p>Each hash is over its entry and the hash of the entry before: none can be changed "
                + "without all that follow. On any machine that reaches the cluster:</p>\n<table class=\"checks\">\n");
        check("./holdfast audit", "is the journal what was written, entry by entry?");
        check("./holdfast replay", "do the same rules come to the same decisions?");
        check("./holdfast receipt " + receipt.number(), "this receipt again; the hashes must be those above");
        check(export(), "the journal of that time as a file, to be kept beside this page; all of these read it with --file");
        add("</table>\n<p>Cluster id <code>%s</code>. The journal entry of this receipt is %s, hash <code>%s…</code></p>\n",
                receipt.settings().clusterId(), receipt.recovered().entry(), receipt.recovered().hash().substring(0, 16));
    }

    private String export() {
        Instant begun = receipt.begunAt() == null ? receipt.recovered().at() : receipt.begunAt();
        return "./holdfast export outage-" + receipt.number() + ".journal --from "
                + begun.minus(1, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS) + " --to "
                + receipt.recovered().at().plus(1, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
    }

    private void check(String command, String what) {
        add("<tr><td><code>%s</code></td><td>%s</td></tr>\n", command, what);
    }

    /** Adds markup; what is filled in is escaped. */
    private void add(String markup, Object... values) {
        page.append(values.length == 0
                ? markup
                : markup.formatted(List.of(values).stream().map(value -> escaped(value.toString())).toArray()));
    }

    static String escaped(String text) {
        return text.codePoints().mapToObj(ReceiptPage::escaped).collect(Collectors.joining());
    }

    private static String escaped(int letter) {
        return switch (letter) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> Character.isISOControl(letter) ? " " : Character.toString(letter);
        };
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ENGLISH) + text.substring(1);
    }
}
