package dev.holdfast.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.quorum.ProgressJudge.Sighting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressJudgeTest {

    private static final Duration STEP = Duration.ofMillis(500);

    private final ProgressJudge judge = new ProgressJudge(0);
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
    void whoHasJustTakenTheTaskOverIsGivenTheWholeLimit() {
        active = false;
        assertThat(stuckWithin(Duration.ofSeconds(10), () -> logEnd++)).isFalse();
        active = true;
        assertThat(stuckWithin(ProgressJudge.ACTIVE_LIMIT, () -> logEnd++)).isFalse();
    }

    @Test
    void eachClientGivenUpIsFollowedByAMorePatientJudge() {
        ProgressJudge patient = new ProgressJudge(2);
        boolean stuck = false;
        for (int step = 0; step <= 32; step++) {
            stuck |= patient.isStuck(new Sighting(STEP.multipliedBy(step), step, 0, true, 0));
        }
        assertThat(stuck).as("within four times the limit").isFalse();
        assertThat(patient.isStuck(new Sighting(STEP.multipliedBy(33), 33, 0, true, 0))).isTrue();
    }

    @Test
    void timeInWhichTheLogStoodStillDoesNotCount() {
        assertThat(stuckWithin(Duration.ofSeconds(2), () -> logEnd++)).isFalse();
        assertThat(stuckWithin(Duration.ofMinutes(1), () -> { })).isFalse();
        assertThat(stuckWithin(Duration.ofSeconds(2), () -> logEnd++)).isFalse();
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
