package dev.holdfast.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static Measured run(String profile, String pull, long fenced, long answered, long evidenceFrom, long gap, String verdict) {
        return Measured.parse(("{\"run\":1,\"roles\":[\"guest\"],\"profile\":\"%s\",\"pull\":\"%s\",\"how\":\"kill\","
                + "\"fencedMs\":%d,\"answeredMs\":%d,\"evidenceFromMs\":%d,\"kafkaGapMs\":%d,\"falseFencings\":0,"
                + "\"doubleRuns\":0,\"snapshotPauseMs\":null,\"verdict\":\"%s\",\"reason\":null}")
                .formatted(profile, pull, fenced, answered, evidenceFrom, gap, verdict));
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Series.of(4.0, 1.0, 3.0, 2.0).median()).hasValue(2.5);
        assertThat(Series.of(3.0, 1.0, 2.0).median()).hasValue(2);
        assertThat(Series.of().median()).isEmpty();
        assertThat(Series.of(1_500.0, 2_500.0).inSeconds()).isEqualTo("2.00 / 2.50");
        assertThat(Series.of().inSeconds()).isEqualTo("–");
    }

    @Test
    void everyScenarioHasARowWithMedianAndMaxOfItsValidRunsAlone() {
        List<String> table = new Summary(List.of(
                run("fast", "owner", 11_000, 12_000, -300, 1_800, "pass"),
                run("fast", "owner", 11_400, 13_000, -100, 2_000, "pass"),
                run("fast", "owner", 90_000, 90_000, 0, 0, "invalid"),
                run("default", "worst", 17_500, 19_000, -200, 3_000, "fail"))).markdown();
        assertThat(table).anySatisfy(row -> assertThat(row)
                .startsWith("| fast | owner | kill | 2 | -0.20 / -0.10 |").contains("| 1.30 / 1.60 |").endsWith("| 1.90 / 2.00 |"));
        assertThat(table).anySatisfy(row -> assertThat(row).startsWith("| default | worst | kill | 0 | 1 | 0 | 0 | 0 |"));
        assertThat(table).anySatisfy(row -> assertThat(row).startsWith("| fast | owner | kill | 2 | 0 | 1 |"));
    }

    @Test
    void theWorstNodeIsAllowedKafkasGapOnlyIfTheLastBeatWasStillUnread() {
        assertThat(Target.answeredMs(run("fast", "worst", 0, 16_000, 2_500, 3_000, "pass"))).hasValue(13_000.0);
        assertThat(Target.answeredMs(run("fast", "worst", 0, 16_000, -200, 3_000, "pass"))).hasValue(16_000.0);
        assertThat(Target.answeredMs(run("fast", "owner", 0, 16_000, 2_500, 3_000, "pass"))).hasValue(16_000.0);
    }

    @Test
    void aMissedTargetSaysByHowMuch() {
        assertThat(Target.of("fast").orElseThrow().verdict(List.of(run("fast", "owner", 0, 15_000, 0, 0, "pass"))))
                .isEqualTo("median 15.00 s: **missed by 1.00 s** (≤ 14.0 s), max 15.00 s: met (≤ 15.5 s)");
        assertThat(Target.of("careful")).isEmpty();
    }

    @Test
    void anIdleNodeStandsInATableOfItsOwn() {
        List<String> table = new Summary(List.of(Measured.parse("{\"idleNode\":\"a\",\"profile\":\"fast\",\"seconds\":120,"
                + "\"cpuPercent\":12.5,\"pssMb\":410.3,\"nodePssMb\":370.0,\"guardPssMb\":30.0,\"supervisorPssMb\":10.3}"))).markdown();
        assertThat(table).contains("| fast | a | 120 | 410.3 | 370.0 | 30.0 | 10.3 | 12.5 | **missed** |");
        assertThat(table).noneMatch(line -> line.contains("Phases"));
    }

    @Test
    void whatAFileHoldsIsNotMeasuredAgainButInvalidRunsAre() {
        Scenario owner = new Scenario("fast", "owner", "kill");
        Scenario worst = new Scenario("fast", "worst", "kill");
        Plan plan = new Plan(List.of(owner, worst), 2);
        List<Measured> done = new ArrayList<>(List.of(
                run("fast", "owner", 1, 1, 0, 0, "pass"), run("fast", "worst", 1, 1, 0, 0, "invalid"),
                Measured.parse("{\"idleNode\":\"a\",\"profile\":\"fast\"}")));
        assertThat(plan.missing("fast", done)).containsExactly(
                new Plan.Step(worst, 1), new Plan.Step(owner, 2), new Plan.Step(worst, 2));
        assertThat(plan.missing("default", done)).isEmpty();
    }

    @Test
    void theAckGapIsTheLongestThatEndedAfterTheKill() {
        List<Long> acks = List.of(0L, 4_000_000_000L, 4_050_000_000L, 6_050_000_000L, 6_100_000_000L);
        assertThat(AckGap.longestAfter(acks, 4_060_000_000L)).hasValue(2_000L);
        assertThat(AckGap.longestAfter(acks, 7_000_000_000L)).isEmpty();
    }

    @Test
    void timeAndMemoryAreReadFromProcWhateverTheNameOfTheProcess() {
        assertThat(IdleCost.ticksOf("42 (a) b) S 1 2 3 4 5 6 7 8 9 10 70 7 0 0 20 0")).isEqualTo(77);
        assertThat(IdleCost.pssOf("7f 00\nRss:   9 kB\nPss:            1234 kB\nPss_Anon: 5 kB\n")).isEqualTo(1_234);
    }

    @Test
    void aLineThatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> Measured.parse("[1]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Measured.parse("{\"run\":")).isInstanceOf(IllegalArgumentException.class);
    }
}
