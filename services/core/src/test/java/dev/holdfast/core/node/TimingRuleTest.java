package dev.holdfast.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingRuleTest {

    @Test
    void theNamedProfilesAreSafe() {
        assertThat(List.of(Timing.FAST, Timing.DEFAULT, Timing.CAREFUL)).allSatisfy(
                timing -> assertThat(TimingRule.unsafe(timing)).isEmpty());
    }

    @Test
    void aLeaseShorterThanOneAndAHalfFailoversOfKafkaIsRefused() {
        assertThat(TimingRule.refusalOf(timing(500, 5_999, 3_000, 500, 1_000, 0.001))).isEqualTo(
                "timing.lease is 5999 ms; it must be at least 6 s: 1.5 x 4 s, the longest failover of Kafka, which no "
                        + "lease may be lost by");
        assertThat(TimingRule.refusalOf(timing(500, 6_000, 3_000, 500, 1_000, 0.001))).isNull();
    }

    @Test
    void aLeaseThatBeatsAndFeedingsLeaveTooLittleOfForKafkaIsRefused() {
        assertThat(TimingRule.refusalOf(timing(1_500, 6_000, 2_500, 1_000, 1_000, 0.001))).isEqualTo(
                "timing.lease is 6 s; it must be at least 6507 ms: (beat 1500 ms + feed 1 s + 4 s, the longest failover "
                        + "of Kafka) / (1 - rho 0.001)");
    }

    @Test
    void aMarginThatTheGuardCannotKeepIsRefusedWithT() {
        assertThat(TimingRule.refusalOf(timing(500, 7_000, 3_000, 500, 100, 0.001))).isEqualTo(
                "timing.margin is 100 ms; it must be at least 250 ms: T = lease 7 s + wd 3 s + margin 100 ms = 10100 ms; "
                        + "a guard's deadline comes up to 10 s after the last beat and its guests are dead 250 ms later, "
                        + "so T must be at least 10250 ms");
    }

    @Test
    void clocksBetterThanAKernelKeepsThemAreNotBelieved() {
        assertThat(TimingRule.refusalOf(timing(500, 7_000, 3_000, 500, 1_000, 0.0001)))
                .startsWith("timing.rho is 0.0001; it must be at least 0.0005");
    }

    @Test
    void limitsOfWatchdogsAreKept() {
        assertThat(TimingRule.refusalOf(timing(500, 7_000, 900, 300, 1_000, 0.001))).startsWith("timing.wd is 900 ms");
        assertThat(TimingRule.refusalOf(timing(500, 90_000, 61_000, 500, 1_000, 0.001))).startsWith("timing.wd is 61 s");
    }

    @Test
    void whatTheFieldsAskOfEachOtherIsSaidWithTheValuesToo() {
        assertThatThrownBy(() -> timing(500, 7_000, 6_000, 500, 1_000, 0.001)).hasMessage(
                "timing.wd is 6 s; it must be at most 5999 ms: less than lease 7 s - 2 x beat 500 ms, so that a lost beat "
                        + "does not keep the guard from being fed");
        assertThatThrownBy(() -> timing(2_000, 7_000, 3_000, 500, 1_000, 0.001)).hasMessage(
                "timing.beat is 2 s; it must be at most 1750 ms: a quarter of lease 7 s");
    }

    @Test
    void witnessesHaveToLiveLongerThanTByTheWorstClocks() {
        assertThat(TimingRule.witnessed(Timing.FAST)).isEqualTo(Duration.ofMillis(11_023));
    }

    private static Timing timing(long beat, long lease, long wd, long feed, long margin, double rho) {
        return new Timing(
                "mine", Duration.ofMillis(beat), Duration.ofMillis(lease), Duration.ofMillis(wd),
                Duration.ofMillis(feed), Duration.ofMillis(margin), rho);
    }
}
