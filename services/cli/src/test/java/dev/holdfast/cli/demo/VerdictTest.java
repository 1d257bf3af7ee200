package dev.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.output.Json;
import dev.holdfast.core.guest.VolumeKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final long LIMIT = 25_000;

    private static Findings good() {
        return new Findings(true, LIMIT, 17_200L, 18_900L, 18_950L, 700, -30L, 0, 0, 0, 0, 0);
    }

    private static DemoSettings settings(String profile) {
        return new DemoSettings(Pull.parse("owner"), How.KILL, profile, Duration.ofSeconds(5), VolumeKind.DIRECTORY, Optional.empty());
    }

    @Test
    void aLossWithinTheWindowIsPromisedAndPasses() {
        assertThat(good().faults()).isEmpty();
    }

    @Test
    void aLostRowOlderThanTheSnapshotBreaksThePromise() {
        Findings broken = new Findings(true, LIMIT, 17_200L, 18_900L, 18_950L, 1, 40L, 0, 0, 0, 0, 0);
        assertThat(broken.faults()).containsExactly("a row that is lost was acknowledged 40 ms before the snapshot");
    }

    @Test
    void whateverIsUnsafeFailsHoweverFastItWas() {
        Findings unsafe = new Findings(true, LIMIT, 17_200L, 18_900L, 18_950L, 0, null, 2, 1, 1, 1, 3);
        assertThat(unsafe.faults()).hasSize(5).first().asString().contains("twice at once");
    }

    @Test
    void aLateAnswerFailsAndSaysByWhichLimit() {
        Findings late = new Findings(true, LIMIT, 17_200L, 25_001L, 25_000L, 0, null, 0, 0, 0, 0, 0);
        Findings never = new Findings(true, LIMIT, 17_200L, null, 85_000L, 0, null, 0, 0, 0, 0, 0);
        assertThat(late.faults()).containsExactly("answered after 25001 ms, limit 25000 ms");
        assertThat(never.faults()).containsExactly("not answered within 25000 ms");
    }

    @Test
    void theEndOfABystanderMustBeFencedAndNobodyMayNotice() {
        assertThat(new Findings(false, LIMIT, 17_200L, null, null, 0, null, 0, 0, 0, 0, 0).faults()).isEmpty();
        assertThat(new Findings(false, LIMIT, null, null, null, 0, null, 0, 0, 0, 0, 0).faults())
                .containsExactly("not fenced within 25000 ms");
        assertThat(new Findings(false, LIMIT, 17_200L, null, 300L, 0, null, 0, 0, 0, 0, 0).faults()).hasSize(1);
    }

    @Test
    void oneFailureOutweighsAllAndWhatIsInvalidIsNeverAPass() {
        assertThat(Verdict.exitCode(List.of(Verdict.PASS, Verdict.PASS))).isZero();
        assertThat(Verdict.exitCode(List.of(Verdict.PASS, Verdict.INVALID))).isEqualTo(3);
        assertThat(Verdict.exitCode(List.of(Verdict.INVALID, Verdict.FAIL))).isEqualTo(1);
        assertThat(Verdict.exitCode(List.of())).isEqualTo(3);
    }

    @Test
    void theLimitIsTheProvenSilenceOfTheProfileAndEightSecondsUnlessGiven() {
        assertThat(settings("fast").limitInForce()).isEqualTo(Duration.ofSeconds(19));
        assertThat(settings("default").limitInForce()).isEqualTo(Duration.ofSeconds(25));
        assertThat(settings("careful").limitInForce()).isEqualTo(Duration.ofSeconds(43));
        assertThat(new DemoSettings(Pull.parse("a"), How.KILL, "fast", Duration.ofSeconds(5), VolumeKind.DIRECTORY,
                        Optional.of(Duration.ofSeconds(7)))
                .limitInForce()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aRoleCountsAsHeldOnlyIfNobodyElseHoldsAPartOfIt() {
        Roles roles = new Roles(Map.of(
                Role.CONTROLLER, Set.of("a"), Role.GUEST, Set.of("a"), Role.TOPICS, Set.of("a", "b"),
                Role.OFFSETS, Set.of("a"), Role.TRANSACTIONS, Set.of("b"), Role.QUORUM, Set.of()));
        assertThat(roles.heldBy("a")).containsExactly(Role.CONTROLLER, Role.GUEST, Role.OFFSETS);
        assertThat(roles.missing("a")).containsExactly(Role.TOPICS, Role.TRANSACTIONS, Role.QUORUM);
        assertThat(roles.missingWords("a")).contains("the quorum task (nobody)", "(b)");
    }

    @Test
    void theLineHasExactlyTheFieldsThatScriptsRelyOn() {
        RunResult result = new RunResult(
                1, "a", How.SILENCE, List.of(Role.CONTROLLER, Role.GUEST), "fast", "directory", Duration.ofSeconds(5),
                19_000, 4_700L, 11_900L, 12_500L, 13_000L, 13_900L, -400L, 13_905L, 3_900L, 52L, 1_961, 728, 0, 0,
                Verdict.PASS, null, Optional.empty());
        assertThat(Json.line(result.fields())).isEqualTo("{\"run\":1,\"pulled\":\"a\",\"how\":\"silence\","
                + "\"roles\":[\"controller\",\"guest\"],\"profile\":\"fast\",\"storage\":\"directory\",\"interval\":\"5s\","
                + "\"limitMs\":19000,\"suspectedMs\":4700,\"fencedMs\":11900,\"promotedMs\":12500,\"startedMs\":13000,"
                + "\"answeredMs\":13900,\"evidenceFromMs\":-400,\"outageMs\":13905,\"dataLossWindowMs\":3900,"
                + "\"snapshotPauseMs\":52,\"rowsAcknowledged\":1961,\"rowsLost\":728,\"doubleRuns\":0,\"falseFencings\":0,"
                + "\"verdict\":\"pass\",\"reason\":null}");
    }

    @Test
    void aRunThatPulledNothingIsInvalidWithNullForAllThatWasNotMeasured() {
        RunResult invalid = RunResult.invalid(2, null, settings("fast"), Duration.ofSeconds(19), List.of(), "no controller");
        assertThat(Json.line(invalid.fields()))
                .contains("\"pulled\":null", "\"answeredMs\":null", "\"rowsLost\":null", "\"verdict\":\"invalid\"", "\"reason\":\"no controller\"");
    }

    @Test
    void aReturnedNodeThatDoesNotHoldTheLostRowsFails() {
        RunResult result = new RunResult(
                1, "a", How.SILENCE, List.of(Role.GUEST), "fast", "zfs", Duration.ofSeconds(2), 19_000, null, null, null,
                null, null, null, null, null, null, 1_961, 728, 0, 0, Verdict.PASS, null, Optional.empty());

        RunResult whole = result.with(new Return("3-superseded", 4_096, 728, 512, true));
        RunResult less = result.with(new Return("3-superseded", 4_096, 727, 512, true));

        assertThat(whole.verdict()).isEqualTo(Verdict.PASS);
        assertThat(Json.line(whole.fields())).contains("\"lostRowsKept\":728", "\"returnBytes\":512");
        assertThat(less.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(less.reason()).isEqualTo("a kept 727 of the 728 rows lost");
    }
}
