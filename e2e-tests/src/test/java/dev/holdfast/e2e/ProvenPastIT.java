package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.ExitCode;
import dev.holdfast.core.node.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/** What the log proves after three failovers of a real cluster, to whoever asks; and what is rehearsed on it. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProvenPastIT {

    private static final int FAILOVERS = 3;
    private static final int FLIPS = 20;

    private TestCluster cluster;

    @BeforeAll
    void threeFailovers() {
        cluster = TestCluster.withDatabase("past", Duration.ofSeconds(2));
        for (int i = 0; i < FAILOVERS; i++) {
            String owner = cluster.owner();
            cluster.kill(owner);
            cluster.awaitAnsweringElsewhere(owner);
            cluster.start(owner);
            cluster.awaitLive(owner);
            cluster.awaitReplicated();
        }
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private List<JsonNode> fencings() {
        return cluster.json(ExitCode.OK, "events", "--all").stream()
                .filter(event -> event.path("type").asText().equals("NodeFenced"))
                .toList();
    }

    @Test
    @Order(1)
    void everyDecisionIsTakenAgain() {
        JsonNode replayed = cluster.json(ExitCode.OK, "replay").getLast();

        assertThat(replayed.get("mismatches").asLong()).isZero();
        assertThat(replayed.get("decisions").asLong()).isGreaterThan(3 * FAILOVERS);
    }

    @Test
    @Order(2)
    void theJournalIsAsItWasWrittenAndACopyWithOneFlippedBitIsNot() throws IOException {
        JsonNode audited = cluster.json(ExitCode.OK, "audit").getLast();
        assertThat(audited.get("ok").asBoolean()).isTrue();

        Path whole = cluster.folder().resolve("incident.journal");
        cluster.holdfast(ExitCode.OK, "export", whole.toString());
        assertThat(cluster.json(ExitCode.OK, "audit", "--file", whole.toString()).getLast().get("ok").asBoolean()).isTrue();

        byte[] bytes = Files.readAllBytes(whole);
        SplittableRandom random = new SplittableRandom(7);
        Path flipped = cluster.folder().resolve("flipped.journal");
        for (int i = 0; i < FLIPS; i++) {
            int at = random.nextInt(bytes.length);
            int bit = random.nextInt(Byte.SIZE);
            bytes[at] ^= (byte) (1 << bit);
            Files.write(flipped, bytes);
            bytes[at] ^= (byte) (1 << bit);
            assertThat(cluster.holdfast("audit", "--file", flipped.toString(), "-o", "json").code())
                    .as("bit %d of byte %d of %d", bit, at, bytes.length).isNotEqualTo(ExitCode.OK);
        }
    }

    @Test
    @Order(3)
    void whyEachNodeWasFencedIsToldWithRuleWitnessesAndProvenTime() {
        List<JsonNode> fencings = fencings();
        assertThat(fencings).hasSizeGreaterThanOrEqualTo(FAILOVERS);
        for (JsonNode fencing : fencings) {
            String number = fencing.get("decision").asText();

            JsonNode why = cluster.json(ExitCode.OK, "why", number).getFirst();

            assertThat(why.get("rule").asText()).isEqualTo("R6_SILENCE");
            assertThat(why.get("profile").asText()).isEqualTo(Timing.FAST.profile());
            assertThat(why.get("evidence")).isNotEmpty();
            Set<String> witnesses = new HashSet<>();
            long proven = 0;
            for (JsonNode evidence : why.get("evidence")) {
                witnesses.add(evidence.get("witness").asText());
                proven = Math.max(proven, evidence.get("provenMs").asLong());
                assertThat(evidence.get("offset").asLong()).isGreaterThan(evidence.get("baseOffset").asLong());
            }
            assertThat(witnesses).doesNotContain(fencing.get("entity").asText());
            assertThat(proven).isGreaterThanOrEqualTo(why.get("tMs").asLong());
            assertThat(why.get("text").asText()).contains("silent");
        }
    }

    @Test
    @Order(4)
    void underCarefulSettingsEachFencingWouldHaveComeLater() {
        List<JsonNode> differences = cluster.json(ExitCode.OK, "what-if", "--profile", "careful").stream()
                .filter(each -> each.path("kind").asText().equals("fencing"))
                .toList();

        assertThat(differences).hasSizeGreaterThanOrEqualTo(FAILOVERS);
        // One that had come back before would not have been fenced at all.
        assertThat(differences).allSatisfy(each -> assertThat(each.get("change").asText()).isIn("later", "avoided"));
        assertThat(differences).filteredOn(each -> each.get("change").asText().equals("later"))
                .allSatisfy(each -> assertThat(each.get("deltaMs").asLong()).isPositive());
    }

    @Test
    @Order(5)
    void eachFailoverHasAReceiptToBeFiled() throws IOException {
        List<JsonNode> receipts = cluster.json(ExitCode.OK, "receipt").stream()
                .filter(each -> each.path("kind").asText().equalsIgnoreCase("failover"))
                .toList();
        assertThat(receipts).hasSize(FAILOVERS);
        for (JsonNode listed : receipts) {
            String number = listed.get("receipt").asText();
            Path page = cluster.folder().resolve("outage-" + number + ".html");

            JsonNode receipt = cluster.json(ExitCode.OK, "receipt", number, "--html", page.toString()).getFirst();

            assertThat(receipt.get("outageMs").asLong()).isPositive();
            assertThat(receipt.get("dataLossMs").isNumber()).isTrue();
            assertThat(receipt.get("snapshot").isNull()).isFalse();
            assertThat(page).content().contains("R6_SILENCE", "RPO");
        }
    }

    @Test
    @Order(6)
    void aDrillMovesTheDatabaseThereAndBackAndOneTakesThePowerFromItsNode() {
        String home = cluster.owner();
        cluster.holdfast(ExitCode.OK, "drill", TestCluster.GUEST, "--why", "as every month");
        assertThat(cluster.runner()).contains(home);

        // Nobody pulls the plug by a slip of the hand.
        cluster.holdfast(ExitCode.USAGE, "drill", "--pull", TestCluster.GUEST);
        String said = cluster.holdfast(ExitCode.OK, "drill", "--pull", TestCluster.GUEST, "--yes");

        assertThat(said).contains("PASSED", "filed as");
        assertThat(cluster.runner()).isPresent().get().isNotEqualTo(home);
        cluster.proveSafety();
    }
}
