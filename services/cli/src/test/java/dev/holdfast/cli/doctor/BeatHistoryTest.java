package dev.holdfast.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BeatHistoryTest {

    private static final Duration BEAT = Duration.ofMillis(500);

    private final List<Heartbeat> beats = new ArrayList<>();

    @Test
    void theLongestWaitIsTheAgeOfTheNewestAcknowledgedBeatLessTheOneThatAlwaysPasses() {
        beats.add(beat("a", 1, 1, 1_000, 0, Map.of()));
        beats.add(beat("a", 1, 2, 1_500, 1, Map.of()));
        beats.add(beat("a", 1, 3, 2_000, 1, Map.of()));
        beats.add(beat("a", 1, 4, 3_500, 1, Map.of()));
        beats.add(beat("a", 1, 5, 4_000, 4, Map.of()));

        assertThat(history().longestWait(BEAT)).isEqualTo(Duration.ofMillis(2_000));
        assertThat(history().span()).isEqualTo(Duration.ofMillis(3_000));
    }

    @Test
    void aWaitDoesNotReachFromOneLifeIntoTheNext() {
        beats.add(beat("a", 1, 7, 1_000, 6, Map.of()));
        beats.add(beat("a", 2, 1, 90_000, 0, Map.of()));
        beats.add(beat("a", 2, 2, 90_500, 1, Map.of()));

        assertThat(history().longestWait(BEAT)).isZero();
    }

    @Test
    void aNodesClockIsComparedThroughWhatTheOthersReadOfIt() {
        for (int i = 1; i <= 60; i++) {
            beats.add(beat("a", 1, i, 505L * i, i - 1, Map.of()));
            beats.add(beat("b", 3, i, 500L * i + 9_002, i - 1, Map.of(
                    "a", new Heartbeat.Seen(new Incarnation(1, 1), i, 2L * i, Duration.ofMillis(500L * i + 9_001)))));
        }

        assertThat(history().ratesOf("a")).containsOnlyKeys("b");
        assertThat(history().ratesOf("a").get("b").error()).isCloseTo(0.01, within(0.0001));
        assertThat(history().ratesOf("b")).isEmpty();
        assertThat(history().ratesOf("x")).isEmpty();
    }

    private BeatHistory history() {
        return new BeatHistory(beats, beats.size());
    }

    private static Heartbeat beat(
            String node, long boot, long seq, long sentAtMillis, long ackedSeq, Map<String, Heartbeat.Seen> seen) {
        return new Heartbeat(
                node, "topic", new Incarnation(boot, 1), "boot", seq, seen, ackedSeq, ackedSeq,
                Duration.ofMillis(sentAtMillis), Duration.ofSeconds(10), Duration.ofSeconds(5), "process", 1, Map.of(), null);
    }
}
