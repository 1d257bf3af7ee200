package dev.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.read.Occurrence.Decided;
import dev.holdfast.core.event.Cause;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Position;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Runner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhasesTest {

    private static final Incarnation KILLED = new Incarnation(1, 1);
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

    private long sequence;

    private Decided at(long millis, Event event, Evidence... evidence) {
        Cause cause = new Cause(Rule.R6_SILENCE, new Position("node.heartbeats", 1), 1, List.of(evidence));
        return new Decided(AT.plusMillis(millis), sequence, new Decision(++sequence, cause, event));
    }

    private static Optional<Heartbeat> beat(long offset) {
        Duration sentAt = Duration.ofSeconds(offset);
        return Optional.of(new Heartbeat("b", "topic", KILLED, "boot", 1, Map.of(), 0, -1, sentAt, Duration.ofSeconds(7),
                Duration.ofSeconds(3), "process", 1, Map.of(), null));
    }

    @Test
    void onlyTheIncarnationKilledAndOnlyWhatFollowsItsFenceCounts() {
        GuestEvent.StartConfirmed earlier = new GuestEvent.StartConfirmed("db", new Runner("a", KILLED, 1));
        GuestEvent.StartConfirmed later = new GuestEvent.StartConfirmed("db", new Runner("b", KILLED, 2));
        Phases phases = Phases.of(List.of(
                at(-10, new NodeEvent.NodeFenced("a", new Incarnation(1, 2), "another")),
                at(10, earlier),
                at(4_000, new NodeEvent.NodeSuspected("a", KILLED, 5)),
                at(11_000, new NodeEvent.NodeFenced("a", KILLED, "proof")),
                at(12_000, later)), "a", KILLED);
        assertThat(phases.suspected().orElseThrow().at()).isEqualTo(AT.plusMillis(4_000));
        assertThat(phases.fenced().orElseThrow().at()).isEqualTo(AT.plusMillis(11_000));
        assertThat(phases.started().orElseThrow().decision().event()).isEqualTo(later);
        assertThat(phases.promoted()).isEmpty();
    }

    @Test
    void aFenceOfWhatWasNotKilledIsFalse() {
        List<Decided> decisions = List.of(
                at(0, new NodeEvent.NodeFenced("a", KILLED, "proof")), at(1, new NodeEvent.NodeFenced("b", KILLED, "proof")));
        assertThat(Phases.falseFencings(decisions, Set.of("a/1.1"))).isEqualTo(1);
        assertThat(Phases.falseFencings(decisions, Set.of("a/1.1", "b/1.1"))).isZero();
    }

    @Test
    void theProofCountsFromTheLaterOfItsBases() {
        Phases phases = Phases.of(List.of(at(11_000, new NodeEvent.NodeFenced("a", KILLED, "proof"),
                new Evidence("b", KILLED, 1, 100, Duration.ofSeconds(11)),
                new Evidence("c", KILLED, 2, 101, Duration.ofSeconds(11)))), "a", KILLED);
        assertThat(phases.evidenceFrom(PhasesTest::beat, 0)).hasValue(Duration.ofSeconds(90));
        assertThat(phases.evidenceFrom(offset -> Optional.empty(), 0)).isEmpty();
    }
}
