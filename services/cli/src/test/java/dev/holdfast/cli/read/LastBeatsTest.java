package dev.holdfast.cli.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastBeatsTest {

    private final LastBeats beats = new LastBeats();

    @Test
    void theAgeOfABeatIsToldByTheClockOfTheNodeThatReadIt() {
        beats.add(beat("a", 100, Map.of()), 10);
        beats.add(beat("b", 9_000, Map.of("a", seenAt(6_000))), 11);

        assertThat(beats.age("a")).contains(Duration.ofMillis(3_000));
    }

    @Test
    void ofSeveralWitnessesTheOneThatHasWaitedLongestCounts() {
        beats.add(beat("a", 100, Map.of()), 10);
        beats.add(beat("b", 9_000, Map.of("a", seenAt(8_900))), 11);
        beats.add(beat("c", 70_000, Map.of("a", seenAt(69_000))), 12);

        assertThat(beats.age("a")).contains(Duration.ofMillis(1_000));
    }

    @Test
    void aWitnessThatReadAnOlderBeatSaysNothingOfTheNewest() {
        beats.add(beat("b", 9_000, Map.of("a", seenAt(6_000))), 11);
        beats.add(beat("a", 700, Map.of()), 12);

        assertThat(beats.age("a")).isEmpty();
        assertThat(beats.behind("a")).contains(0L);
        assertThat(beats.behind("b")).contains(1L);
    }

    @Test
    void aNodeThatIsNotNearTheEndOfTheLogHasNoAge() {
        assertThat(beats.age("a")).isEmpty();
        assertThat(beats.of("a")).isEmpty();
    }

    private static Heartbeat.Seen seenAt(long millis) {
        return new Heartbeat.Seen(new Incarnation(1, 1), 1, 10, Duration.ofMillis(millis));
    }

    private static Heartbeat beat(String node, long sentAtMillis, Map<String, Heartbeat.Seen> seen) {
        return new Heartbeat(
                node, "topic", new Incarnation(1, 1), "boot", 1, seen, 0, -1, Duration.ofMillis(sentAtMillis),
                Duration.ofSeconds(10), Duration.ofSeconds(5), "process", 1, Map.of(), null);
    }
}
