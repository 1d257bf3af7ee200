package dev.holdfast.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.node.Timing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How an incarnation takes on settings: each of its beats is true for itself (rules R3, R5 and R6). */
class PaceTest {

    private static final Duration SHORT = Timing.FAST.wd();
    private static final Duration LONG = Timing.CAREFUL.wd();

    @Test
    void aLongerWatchdogIsFedOnlyOnceABeatThatNamesItIsAcknowledged() {
        Pace pace = fedUnder(Timing.FAST);
        pace.offer(2, Timing.CAREFUL);

        assertThat(pace.toName().timing()).isEqualTo(Timing.CAREFUL);
        assertThat(pace.toFeed()).isEqualTo(SHORT);

        pace.acknowledged(2, LONG);
        assertThat(pace.toFeed()).isEqualTo(LONG);
    }

    @Test
    void aShorterWatchdogIsNamedOnlyOnceTheGuardHasTakenIt() {
        Pace pace = fedUnder(Timing.CAREFUL);
        pace.offer(2, Timing.FAST);

        assertThat(pace.toName().timing()).isEqualTo(Timing.CAREFUL);
        assertThat(pace.toFeed()).isEqualTo(SHORT);
        assertThat(pace.toName().timing()).isEqualTo(Timing.CAREFUL);

        pace.fed(SHORT);
        assertThat(pace.toName().timing()).isEqualTo(Timing.FAST);
        assertThat(pace.named()).isEqualTo(Timing.FAST);
    }

    @Test
    void aFeedingUnderWayMayStillWindTheGuardUpToWhatItWasToldBefore() {
        Pace pace = new Pace(1, Timing.CAREFUL);
        pace.toFeed();
        pace.offer(2, Timing.FAST);

        assertThat(pace.toName().timing()).isEqualTo(Timing.CAREFUL);

        // Then not even that it fails tells that the guard did not take it.
        pace.toFeed();
        assertThat(pace.toName().timing()).isEqualTo(Timing.CAREFUL);
    }

    @Test
    void beforeTheGuardIsArmedAnySettingsAreTakenOnWithTheNextBeat() {
        Pace pace = new Pace(1, Timing.CAREFUL);
        pace.offer(2, Timing.FAST);

        assertThat(pace.toName()).isEqualTo(new Pace.Settings(2, Timing.FAST));
    }

    @Test
    void anOlderVersionIsNeverTakenOn() {
        Pace pace = fedUnder(Timing.FAST);
        pace.offer(3, Timing.CAREFUL);
        pace.offer(2, Timing.DEFAULT);
        assertThat(pace.toName()).isEqualTo(new Pace.Settings(3, Timing.CAREFUL));

        pace.offer(2, Timing.DEFAULT);
        assertThat(pace.toName()).isEqualTo(new Pace.Settings(3, Timing.CAREFUL));
    }

    private static Pace fedUnder(Timing timing) {
        Pace pace = new Pace(1, timing);
        pace.fed(pace.toFeed());
        return pace;
    }
}
