package dev.holdfast.core.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DurationTextTest {

    @Test
    void whatIsPrintedIsReadAsTheSame() {
        Stream.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1_500), Duration.ofSeconds(90),
                        Duration.ofMinutes(10), Duration.ofHours(48))
                .forEach(span -> assertThat(DurationText.parse(DurationText.of(span))).contains(span));
    }

    @Test
    void aNumberWithoutAUnitIsNoDuration() {
        Stream.of("5", "", "5 days", "-5s", "1.5s", "s", "999999999999999s", "5s 3ms")
                .forEach(text -> assertThat(DurationText.parse(text)).isEmpty());
    }
}
