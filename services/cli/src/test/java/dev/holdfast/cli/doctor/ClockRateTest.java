package dev.holdfast.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockRateTest {

    @Test
    void aClockThatRunsFastIsFoundOut() {
        ClockRate rate = ClockRate.of(readings(1.002, new long[] {3, 9, 5, 4, 20, 3})).orElseThrow();

        assertThat(rate.error()).isCloseTo(0.002, within(0.0001));
        assertThat(LogChecks.judged(List.of(rate), 0.0005)).isEqualTo(Verdict.FAIL);
        assertThat(LogChecks.judged(List.of(rate), 0.0015)).isEqualTo(Verdict.WARN);
        assertThat(LogChecks.judged(List.of(rate), 0.003)).isEqualTo(Verdict.OK);
    }

    @Test
    void readingsThatCameLateAreTakenForLatenessAndNotForAClock() {
        long[] late = {3, 4, 3, 5, 400, 800, 3, 900, 500, 700, 4, 300};
        ClockRate rate = ClockRate.of(readings(1, late)).orElseThrow();

        assertThat(rate.atLeast()).isZero();
    }

    @Test
    void aNodeIsNotBlamedForTheClockOfOneOtherThatReadIt() {
        ClockRate right = new ClockRate(0.00001, 0.00001, Duration.ofMinutes(5));
        ClockRate bySomebodyWrong = new ClockRate(0.01, 0.00001, Duration.ofMinutes(5));

        assertThat(LogChecks.judged(List.of(right, bySomebodyWrong), 0.001)).isEqualTo(Verdict.OK);
        assertThat(LogChecks.judged(List.of(bySomebodyWrong), 0.001)).isEqualTo(Verdict.FAIL);
    }

    @Test
    void whoeverKnowsTooLittleDoesNotExcuseWhatOthersKnow() {
        ClockRate rough = new ClockRate(0.001, 0.05, Duration.ofSeconds(3));
        ClockRate known = new ClockRate(0.01, 0.0001, Duration.ofMinutes(5));

        assertThat(LogChecks.judged(List.of(rough, known), 0.001)).isEqualTo(Verdict.FAIL);
        assertThat(LogChecks.judged(List.of(rough), 0.001)).isEqualTo(Verdict.OK);
    }

    @Test
    void aFewReadingsSayNothing() {
        assertThat(ClockRate.of(readings(1, new long[] {1}).subList(0, 5))).isEmpty();
        assertThat(ClockRate.of(List.of())).isEmpty();
    }

    /** Two minutes of beats, each read some milliseconds late. */
    private static List<ClockRate.Reading> readings(double rate, long[] lateMillis) {
        List<ClockRate.Reading> readings = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            Duration subject = Duration.ofHours(30).plusNanos((long) (i * 500_000_000L * rate));
            readings.add(new ClockRate.Reading(
                    subject, Duration.ofMillis(i * 500L + lateMillis[i % lateMillis.length])));
        }
        return readings;
    }
}
