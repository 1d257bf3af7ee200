package dev.holdfast.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes of a scenario, next to what it expects. */
class PerformanceTest {

    private static final String STORY = """
            A title

            nodes    a, b, c
            profile  fast
            guest    db on a

            at 0 s  power off c
            at 20 s  crash db
                 real  db failed on a
            at 21 s  end
            """;

    @Test
    void whatHappenedIsWrittenBelowItsCommandAndIsExpectedFromThenOn() {
        List<String> lines = STORY.lines().toList();
        Performance performance = perform(lines);
        assertThat(performance.problem()).isNull();
        assertThat(performance.isAsExpected()).isFalse();

        List<String> written = ScenarioWriter.rewritten(lines, performance);
        assertThat(written).containsSubsequence(
                "at 0 s  power off c", "      +1.5 s  c is suspect", "at 20 s  crash db", "      +0.0 s  db ends on a",
                "     real  db failed on a", "at 21 s  end");
        Performance again = perform(written);
        assertThat(again.isAsExpected()).isTrue();
        assertThat(Comparison.of(again).differences()).isZero();
        assertThat(ScenarioWriter.rewritten(written, again)).isEqualTo(written);
    }

    @Test
    void aDifferenceIsOneLineThatIsMissingAndOneThatIsUnexpected() {
        List<String> written = ScenarioWriter.rewritten(STORY.lines().toList(), perform(STORY.lines().toList())).stream()
                .map(line -> line.replace("+1.5 s", "+1.4 s"))
                .toList();

        Comparison comparison = Comparison.of(perform(written));

        assertThat(comparison.differences()).isEqualTo(2);
        assertThat(comparison.lines()).containsSubsequence(
                new Comparison.Line(Comparison.Kind.COMMAND, "at 0 s  power off c"),
                new Comparison.Line(Comparison.Kind.MISSING, "      +1.4 s  c is suspect"),
                new Comparison.Line(Comparison.Kind.UNEXPECTED, "      +1.5 s  c is suspect"));
    }

    @Test
    void aStoryThatCannotBeginSaysWhy() {
        Performance performance = perform(
                STORY.replace("db on a", "db on a, only on b").lines().toList());
        assertThat(performance.problem()).contains("does not begin", "db should answer on a", "runs on b");
    }

    private static Performance perform(List<String> lines) {
        return Performance.of(ScenarioReader.read("story.txt", lines));
    }
}
