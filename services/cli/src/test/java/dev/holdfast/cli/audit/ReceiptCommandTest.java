package dev.holdfast.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.command.Holdfast;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptCommandTest {

    @TempDir
    private static Path folder;

    private static Path journal;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void threeOutagesAreJournalled() throws IOException {
        journal = folder.resolve("incident.journal");
        Outages.export(journal);
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--file", journal.toString(), "--data", folder.resolve("nothing").toString()));
        return Holdfast.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void allReceiptsAreListedOneLineEach() {
        assertThat(run("receipt")).isEqualTo(ExitCode.OK);

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst().split(" {2,}"))
                .containsExactly("EVENT", "TIME", "GUEST", "WHAT", "FROM", "TO", "OUTAGE", "RPO", "RULE");
        assertThat(lines.get(1)).contains("failover", "R6_SILENCE", Outages.GUEST);
        assertThat(lines.get(2)).contains("orderly move", "none", "OPERATOR");
        assertThat(lines.get(3)).contains("restart", "none");
    }

    @Test
    void aGuestStandsForItsNewestReceipt() throws IOException {
        assertThat(run("receipt", Outages.GUEST, "-o", "json")).isEqualTo(ExitCode.OK);

        assertThat(json().get("kind").asText()).isEqualTo("restart");
    }

    @Test
    void aReceiptIsOneObjectForPrograms() throws IOException {
        assertThat(run("receipt", number(), "-o", "json")).isEqualTo(ExitCode.OK);

        JsonNode receipt = json();
        assertThat(receipt.get("kind").asText()).isEqualTo("failover");
        assertThat(receipt.get("cluster").asText()).isEqualTo("clinic");
        assertThat(receipt.get("outageMs").asLong()).isBetween(17_000L, 25_000L);
        assertThat(receipt.get("dataLossMs").asLong()).isBetween(1L, 10_000L);
        assertThat(receipt.get("tMs").asLong()).isEqualTo(17_000);
        assertThat(receipt.get("evidence")).hasSize(2);
        assertThat(receipt.get("snapshot").get("guid").asText()).isNotEmpty();
        assertThat(receipt.get("decisions")).hasSizeGreaterThan(5).allSatisfy(decision ->
                assertThat(decision.get("hash").asText()).hasSize(64));
        assertThat(receipt.get("phases").findValuesAsText("phase"))
                .containsExactly("suspected", "fenced", "promoted", "started", "answered");
        assertThat(receipt.get("kept").get("node").asText()).isEqualTo(receipt.get("from").get("node").asText());
    }

    @Test
    void aReceiptIsReadByPeople() {
        assertThat(run("receipt", number())).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).contains(
                "Receipt " + number() + " of cluster clinic: shop-db, failover from ",
                "R6_SILENCE: two other nodes proved",
                "needed 17.0 s",
                "It is copied every 5.0 s; no limit is set",
                "came back and",
                "profile default: lease 10.0 s, watchdog 5.0 s, margin 2.0 s");
        assertThat(out.toString().lines()).noneMatch(line -> line.contains("null"));
    }

    @Test
    void aReceiptNobodyHasIsNotFoundAndSaysWhereToLook() {
        assertThat(run("receipt", "1")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("no receipt of '1'", "'receipt' alone lists them");
    }

    @Test
    void aPageIsWrittenOfOneReceiptOnly() throws IOException {
        Path page = folder.resolve("all.html");
        assertThat(run("receipt", "--html", page.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(page).doesNotExist();

        assertThat(run("receipt", number(), "--html", page.toString())).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(page)).startsWith("<!doctype html>").endsWith("</html>\n")
                .doesNotContain("<script", "http://", "https://", "null");
        assertThat(err.toString()).contains("written to " + page);
    }

    @Test
    void aNameCannotBecomeMarkup() {
        assertThat(ReceiptPage.escaped("<b onclick='x'>\"&\u0007")).isEqualTo("&lt;b onclick=&#39;x&#39;&gt;&quot;&amp; ");
    }

    /** Of the failover. */
    private String number() {
        StringWriter lines = new StringWriter();
        Holdfast.commandLine().setOut(new PrintWriter(lines, true))
                .execute("receipt", "-o", "tsv", "--file", journal.toString());
        return lines.toString().lines().toList().get(1).split("\t")[0];
    }
}
