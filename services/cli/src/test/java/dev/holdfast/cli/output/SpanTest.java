package dev.holdfast.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.48S, 480 ms",
        "PT3.29S, 3.2 s",
        "PT59.999S, 59.9 s",
        "PT1M, 1 m",
        "PT4M10.7S, 4 m 10 s",
        "PT3H5M, 3 h 5 m",
        "PT52H, 2 d 4 h",
    })
    void aDurationIsShownInItsTwoLargestUnits(Duration duration, String shown) {
        assertThat(Span.of(duration)).isEqualTo(shown);
    }
}
