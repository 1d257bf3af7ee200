package dev.holdfast.core.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartJudgeTest {

    private static final RestartPolicy POLICY = new RestartPolicy(3, Duration.ofMinutes(10), Duration.ofSeconds(1),
            Duration.ofSeconds(3), 1, Duration.ofHours(1));

    private final List<PastRemedy> history = new ArrayList<>();

    @Test
    void aCrashLoopIsRestartedThenRelocatedThenRestartedThenLeftToAPerson() {
        assertThat(crashesEvery(Duration.ofSeconds(10), 8)).containsExactly(
                "restart after 1 s", "restart after 2 s", "restart after 3 s", "relocate",
                "restart after 1 s", "restart after 2 s", "restart after 3 s", "give up");
    }

    @Test
    void restartsLongAgoAreForgotten() {
        assertThat(crashesEvery(Duration.ofMinutes(5), 6)).allMatch(remedy -> remedy.startsWith("restart"));
    }

    @Test
    void relocationsAreRememberedLongerThanRestarts() {
        history.add(new PastRemedy.Relocated(Duration.ZERO));
        for (int second = 1; second <= 3; second++) {
            history.add(new PastRemedy.Restarted(Duration.ofMinutes(50).plusSeconds(second)));
        }
        assertThat(judge(POLICY, Duration.ofMinutes(51))).isInstanceOf(Remedy.GiveUp.class);
        assertThat(judge(POLICY, Duration.ofMinutes(60))).isInstanceOf(Remedy.Relocate.class);
    }

    @Test
    void aPolicyWithoutRestartsOrRelocationsGivesUpAtOnceAndSaysSo() {
        RestartPolicy none = new RestartPolicy(0, Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, 0,
                Duration.ofMinutes(1));
        assertThat(judge(none, Duration.ZERO)).isEqualTo(
                new Remedy.GiveUp("0 restarts in 1 m and 0 relocations in 1 m did not help"));
    }

    @Test
    void theBackOffNeverOverflows() {
        RestartPolicy many = new RestartPolicy(100, Duration.ofHours(24), Duration.ofMinutes(10), Duration.ofHours(1),
                0, Duration.ofHours(24));
        for (int i = 0; i < 99; i++) {
            history.add(new PastRemedy.Restarted(Duration.ZERO));
        }
        assertThat(judge(many, Duration.ZERO)).isInstanceOfSatisfying(Remedy.RestartInPlace.class,
                restart -> assertThat(restart.after()).isEqualTo(Duration.ofHours(1)));
    }

    private List<String> crashesEvery(Duration pause, int crashes) {
        List<String> remedies = new ArrayList<>();
        for (int i = 0; i < crashes; i++) {
            Duration now = pause.multipliedBy(i);
            remedies.add(switch (judge(POLICY, now)) {
                case Remedy.RestartInPlace restart -> {
                    history.add(new PastRemedy.Restarted(now));
                    yield "restart after " + DurationText.of(restart.after());
                }
                case Remedy.Relocate _ -> {
                    history.add(new PastRemedy.Relocated(now));
                    yield "relocate";
                }
                case Remedy.GiveUp _ -> "give up";
            });
        }
        return remedies;
    }

    private Remedy judge(RestartPolicy policy, Duration now) {
        return new RestartJudge(policy).judge(history, now);
    }
}
