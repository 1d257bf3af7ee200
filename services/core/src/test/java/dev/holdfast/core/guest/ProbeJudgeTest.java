package dev.holdfast.core.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.guest.ProbeState.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeJudgeTest {

    private static final ProbeTiming TIMING =
            new ProbeTiming(Duration.ofSeconds(1), Duration.ofMillis(500), 3, Duration.ofSeconds(30));

    private final ProbeJudge judge = new ProbeJudge(TIMING);
    private final List<ProbeNews> news = new ArrayList<>();
    private ProbeState state = ProbeState.startedAt(seconds(100));

    @Test
    void aStartingGuestIsNotDownBeforeItsTimeToStartIsOver() {
        failsAt(101);
        failsAt(105);
        failsAt(129);
        assertThat(state.phase()).isEqualTo(Phase.STARTING);
        failsAt(130);
        assertThat(news).containsExactly(new ProbeNews.Down("refused", 4));
    }

    @Test
    void theFirstAnswerIsNewsAndTheFollowingAreNot() {
        failsAt(101);
        answersAt(102);
        answersAt(103);
        assertThat(news).containsExactly(new ProbeNews.Answers(Duration.ofMillis(5), seconds(2)));
    }

    @Test
    void onlyConsecutiveFailuresTakeAnAnsweringGuestDown() {
        answersAt(101);
        failsAt(102);
        failsAt(103);
        answersAt(104);
        failsAt(105);
        failsAt(106);
        assertThat(state.phase()).isEqualTo(Phase.ANSWERING);
        failsAt(107);
        failsAt(108);
        assertThat(news).hasSize(2).last().isEqualTo(new ProbeNews.Down("refused", 3));
    }

    @Test
    void aGuestThatIsDownMayComeBack() {
        answersAt(101);
        failsAt(102);
        failsAt(103);
        failsAt(104);
        answersAt(105);
        assertThat(state.phase()).isEqualTo(Phase.ANSWERING);
        assertThat(state.failures()).isZero();
        assertThat(news).hasSize(3);
    }

    @Test
    void failuresOfProbesBegunBeforeTheThawAreNotCounted() {
        answersAt(101);
        input(new ProbeInput.Frozen(), 102);
        probed(101, new ProbeResult.Failing("timeout"), 103);
        input(new ProbeInput.Thawed(), 104);
        probed(103, new ProbeResult.Failing("timeout"), 105);
        assertThat(state.failures()).isZero();
        probed(104, new ProbeResult.Failing("timeout"), 105);
        assertThat(state.failures()).isEqualTo(1);
    }

    @Test
    void aFrozenGuestIsNotProbed() {
        input(new ProbeInput.Frozen(), 101);
        assertThat(judge.untilNext(state)).isEmpty();
        input(new ProbeInput.Thawed(), 102);
        assertThat(judge.untilNext(state)).contains(Duration.ofMillis(100));
    }

    @Test
    void timeSpentFrozenIsNotTakenFromTheTimeToStart() {
        input(new ProbeInput.Frozen(), 101);
        input(new ProbeInput.Frozen(), 102);
        input(new ProbeInput.Thawed(), 121);
        input(new ProbeInput.Thawed(), 125);
        failsAt(131);
        assertThat(state.phase()).isEqualTo(Phase.STARTING);
        failsAt(150);
        assertThat(state.phase()).isEqualTo(Phase.DOWN);
    }

    @Test
    void aStartingGuestIsProbedEagerlyAndARunningOneAtItsInterval() {
        assertThat(judge.untilNext(state)).contains(Duration.ofMillis(100));
        answersAt(101);
        assertThat(judge.untilNext(state)).contains(seconds(1));
    }

    private void answersAt(int second) {
        probed(second, new ProbeResult.Answering(Duration.ofMillis(5)), second);
    }

    private void failsAt(int second) {
        probed(second, new ProbeResult.Failing("refused"), second);
    }

    private void probed(int begun, ProbeResult result, int second) {
        input(new ProbeInput.Probed(seconds(begun), result), second);
    }

    private void input(ProbeInput input, int second) {
        ProbeJudge.Step step = judge.judge(state, input, seconds(second));
        state = step.state();
        step.news().ifPresent(news::add);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
