package dev.holdfast.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.audit.receipt.Line;
import dev.holdfast.audit.receipt.Receipt;
import dev.holdfast.audit.receipt.Receipts;
import dev.holdfast.cli.output.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that is filed, as a browser shows and prints it. */
class ReceiptPageTest {

    private static final Path PICTURE = Path.of("target", "receipt.png");

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static List<Receipt> receipts;

    @BeforeAll
    static void aBrowserIsThere() throws Exception {
        Browser.orSkip();
        Path journal = folder.resolve("incident.journal");
        Outages.export(journal);
        try (JournalSource source = JournalSource.of(journal)) {
            receipts = Receipts.of(source.past());
        }
        browser = Browser.start(folder.resolve("browser"));
    }

    @AfterAll
    static void itEnds() {
        if (browser != null) {
            browser.close();
        }
    }

    private static Path page(Receipt receipt) throws Exception {
        return Files.writeString(
                folder.resolve(receipt.number() + ".html"), ReceiptPage.of(receipt, "clinic", ZoneId.of("Europe/Berlin")));
    }

    private static void show(String body) throws Exception {
        browser.show(Files.writeString(folder.resolve("other.html"), "<!doctype html><title>x</title>" + body));
    }

    @Test
    void outageLossRuleAndHashesAreSeenOnPaperAndNothingIsComplainedOf() throws Exception {
        Receipt failover = receipts.getFirst();
        Path page = page(failover);

        browser.print(page);

        assertThat(browser.seen("h1")).isEqualTo("shop-db was away for " + Span.of(failover.outage()));
        assertThat(browser.seen("#outage")).startsWith(Span.of(failover.outage()));
        assertThat(browser.seen("#rpo")).startsWith(Span.of(failover.loss().window()));
        assertThat(browser.seen("#rule")).contains("R6_SILENCE", "silent for longer than anything may run there");
        assertThat(browser.seen("#evidence")).contains("needed", "17.000 s");
        assertThat(browser.seen("#decisions"))
                .contains(failover.decisions().stream().map(Line::hash).toArray(String[]::new));
        assertThat(browser.seen("#decisions .hash")).isEqualTo(failover.decisions().getFirst().hash());
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requested()).containsExactly(page.toUri().toString());

        browser.photograph(PICTURE, 1_123, 1);
        assertThat(PICTURE).isNotEmptyFile();
    }

    @Test
    void everyKindOfReceiptFitsTheWidthOfThePaper() throws Exception {
        for (Receipt receipt : receipts) {
            browser.print(page(receipt));

            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(794);
            assertThat(browser.seen("#outage")).isNotNull();
            assertThat(browser.seen("#rule")).isNotNull();
            assertThat(browser.seen(".bar")).isNotNull();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whatWouldBeComplainedOfIsNoticed() throws Exception {
        show("<script>console.error('wrong')</script>");
        assertThat(browser.complaints()).singleElement().asString().contains("wrong");

        show("<script>throw new Error('thrown')</script>");
        assertThat(browser.complaints()).anyMatch(complaint -> complaint.contains("thrown"));

        show("<img src=\"missing.png\">");
        assertThat(browser.complaints()).anyMatch(complaint -> complaint.contains("missing.png"));
        assertThat(browser.requested()).hasSize(2);
    }

    @Test
    void whatNobodyCanSeeDoesNotCountAsSeen() throws Exception {
        show("<p id=\"a\">seen</p><p id=\"b\" hidden>x</p><p id=\"c\" style=\"color:#fff;background:#fff\">x</p>"
                + "<p id=\"d\" style=\"opacity:0\">x</p><p id=\"e\" style=\"position:absolute;left:-999px\">x</p>");

        assertThat(browser.seen("#a")).isEqualTo("seen");
        for (String unseen : List.of("#b", "#c", "#d", "#e", "#f")) {
            assertThat(browser.seen(unseen)).as(unseen).isNull();
        }
    }
}
