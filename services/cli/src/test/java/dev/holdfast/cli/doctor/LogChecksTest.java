package dev.holdfast.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.Frozen;
import dev.holdfast.core.state.LogTimer;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogChecksTest {

    @Test
    void lessThanAMajorityIsAFailureAndADeadNodeAWarning() {
        List<Check> checks = checks(null, Timing.FAST, beat("a", 1, 500, 0, "process"));

        assertThat(verdict(checks, "majority", "cluster")).isEqualTo(Verdict.FAIL);
        assertThat(verdict(checks, "node", "b")).isEqualTo(Verdict.WARN);
    }

    @Test
    void aFrozenClusterSaysWhy() {
        List<Check> checks = checks(new Frozen("a gap", LogTimer.startingAfter(3)), Timing.FAST);

        assertThat(checks).anySatisfy(check -> assertThat(check.measured()).contains("frozen: a gap"));
    }

    @Test
    void aNodeWithoutAGuardIsAFailureAndAProcessSaysWhatItDoesNotCover() {
        List<Check> checks = checks(
                null, Timing.FAST, beat("a", 1, 500, 0, "none"), beat("b", 1, 500, 0, "process"));

        assertThat(verdict(checks, "guard", "a")).isEqualTo(Verdict.FAIL);
        assertThat(verdict(checks, "guard", "b")).isEqualTo(Verdict.OK);
        assertThat(verdict(checks, "guard", "c")).isEqualTo(Verdict.WARN);
        assertThat(checks).anySatisfy(check -> assertThat(check.measured()).contains("frozen as a whole"));
    }

    @Test
    void aLeaseThatAFailoverOfKafkaWouldEndIsAFailureWithTheArithmetic() {
        Timing short5 = new Timing("own", Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(3),
                Duration.ofMillis(500), Duration.ofSeconds(1), 0.001);

        Check gap = check(checks(null, short5), "kafka-gap", "cluster");

        assertThat(gap.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(gap.measured()).contains("timing.lease is 5 s", "1.5 x 4 s");
    }

    @Test
    void aWaitThatTheLeaseHardlySurvivedIsAFailureAndALongOneAWarning() {
        assertThat(check(checks(null, Timing.DEFAULT, waited(3_500)), "kafka-gap", "cluster").verdict())
                .isEqualTo(Verdict.OK);
        assertThat(check(checks(null, Timing.DEFAULT, waited(5_000)), "kafka-gap", "cluster").verdict())
                .isEqualTo(Verdict.WARN);
        assertThat(check(checks(null, Timing.DEFAULT, waited(7_000)), "kafka-gap", "cluster").verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void theWorstVerdictIsTheExitCode() {
        assertThat(Stream.of(Verdict.OK, Verdict.WARN, Verdict.FAIL).map(Verdict::exitCode)).containsExactly(0, 1, 2);
        assertThat(Verdict.worse(Verdict.FAIL, Verdict.WARN)).isEqualTo(Verdict.FAIL);
    }

    private static Heartbeat[] waited(long millis) {
        return new Heartbeat[] {beat("a", 1, 500, 0, "process"), beat("a", 2, 1_000 + millis, 1, "process")};
    }

    private static List<Check> checks(Frozen frozen, Timing timing, Heartbeat... beats) {
        Map<String, NodeState> nodes = Map.of(
                "a", NodeState.absent("a"), "b", NodeState.absent("b"), "c", NodeState.absent("c"));
        ClusterState state = new ClusterState(
                new ClusterSettings(1, "cluster", "topic", List.of("a", "b", "c"), timing, Duration.ofSeconds(180), 3,
                        "jo", ""),
                10, false, frozen, null, 0, 0, List.of(), nodes, Map.of());
        return new LogChecks(state, new BeatHistory(List.of(beats), beats.length), Map.of()).all();
    }

    private static Verdict verdict(List<Check> checks, String name, String where) {
        return check(checks, name, where).verdict();
    }

    private static Check check(List<Check> checks, String name, String where) {
        return checks.stream()
                .filter(check -> check.name().equals(name) && check.where().equals(where))
                .findFirst()
                .orElseThrow();
    }

    private static Heartbeat beat(String node, long seq, long sentAtMillis, long ackedSeq, String guard) {
        return new Heartbeat(
                node, "topic", new Incarnation(1, 1), "boot", seq, Map.of(), ackedSeq, ackedSeq,
                Duration.ofMillis(sentAtMillis), Duration.ofSeconds(10), Duration.ofSeconds(5), guard, 1, Map.of(), null);
    }
}
