package dev.holdfast.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.quorum.ProgressJudge.Sighting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressJudgeTest {

    private static final Duration STEP = Duration.ofMillis(500);

    private final ProgressJudge judge = new ProgressJudge();
    private Duration now = Duration.ZERO;
    private long logEnd;
    private long committed;
    private long restored;
    private boolean active = true;

    @Test
    void aMovingLogWithoutCommitsIsStuckAfterTheLimit() {
        assertThat(stuckWithin(ProgressJudge.ACTIVE_LIMIT, () -> logEnd++)).isFalse();
        logEnd++;
        assertThat(look()).isTrue();
    }

    @Test
    void aStandingLogIsNeverHeldAgainstAnyone() {
        assertThat(stuckWithin(Duration.ofMinutes(10), () -> { })).isFalse();
    }

    @Test
    void commitsAreProgress() {
        assertThat(stuckWithin(Duration.ofMinutes(1), () -> {
            logEnd++;
            committed++;
        })).isFalse();
    }

    @Test
    void aLongRestoreIsProgress() {
        active = false;
        assertThat(stuckWithin(Duration.ofMinutes(10), () -> {
            logEnd++;
            restored += 100;
        })).isFalse();
    }

    @Test
    void whoDoesNotHoldTheTaskWaitsLonger() {
        active = false;
        assertThat(stuckWithin(ProgressJudge.STANDBY_LIMIT, () -> logEnd++)).isFalse();
        logEnd++;
        assertThat(look()).isTrue();
    }

    @Test
    void timeInWhichTheLogStoodStillDoesNotCount() {
        assertThat(stuckWithin(Duration.ofSeconds(2), () -> logEnd++)).isFalse();
        assertThat(stuckWithin(Duration.ofMinutes(1), () -> { })).isFalse();
        assertThat(stuckWithin(Duration.ofSeconds(1), () -> logEnd++)).isFalse();
        logEnd++;
        assertThat(look()).isTrue();
    }

    private boolean stuckWithin(Duration time, Runnable eachStep) {
        if (now.isZero()) {
            look();
        }
        for (Duration end = now.plus(time); now.compareTo(end) < 0; ) {
            eachStep.run();
            if (look()) {
                return true;
            }
        }
        return false;
    }

    private boolean look() {
        now = now.plus(STEP);
        return judge.isStuck(new Sighting(now, logEnd, committed, active, restored));
    }
}
