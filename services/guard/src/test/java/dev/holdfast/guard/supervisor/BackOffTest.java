package dev.holdfast.guard.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private final BackOff backOff = new BackOff();

    @Test
    void theWaitDoublesFromOneToThirtySeconds() {
        assertThat(IntStream.range(0, 7).mapToObj(i -> backOff.after(Duration.ZERO).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void aProcessThatLivedForAMinuteStartsFromTheBeginning() {
        backOff.after(Duration.ZERO);
        backOff.after(Duration.ofSeconds(59));

        assertThat(backOff.after(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(1));
    }
}
