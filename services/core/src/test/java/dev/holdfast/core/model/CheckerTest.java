package dev.holdfast.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Two jars of 3 and 5 litres: a world whose every state is known. */
class CheckerTest {

    private record Jars(int small, int large) {}

    /** @param forbidden litres that must never be in the large jar */
    private record Pouring(int forbidden) implements Model<Jars> {

        @Override
        public List<Jars> beginnings() {
            return List.of(new Jars(0, 0));
        }

        @Override
        public void steps(Jars at, Steps<Jars> steps) {
            steps.to("fill small", new Jars(3, at.large));
            steps.to("fill large", new Jars(at.small, 5));
            steps.to("empty small", new Jars(0, at.large));
            steps.to("empty large", new Jars(at.small, 0));
            int over = Math.min(at.small, 5 - at.large);
            steps.to("small into large", new Jars(at.small - over, at.large + over));
            int back = Math.min(at.large, 3 - at.small);
            steps.to("large into small", new Jars(at.small + back, at.large - back));
        }

        @Override
        public String violation(Jars at) {
            return at.large == forbidden ? forbidden + " litres" : null;
        }

        @Override
        public String describe(Jars at) {
            return at.small + " and " + at.large;
        }
    }

    @Test
    void everyReachableStateIsVisitedOnce() {
        Outcome outcome = Checker.explore(new Pouring(6), 100);

        assertThat(outcome.holds()).isTrue();
        assertThat(outcome.states()).isEqualTo(16);
        assertThat(outcome.steps()).isEqualTo(16 * 6);
        assertThat(outcome.taken()).containsEntry("fill large", 16L).hasSize(6);
    }

    @Test
    void aViolationIsReachedOnAShortestWayThatIsToldInWords() {
        Outcome outcome = Checker.explore(new Pouring(4), 100);

        assertThat(outcome.violation()).isEqualTo("4 litres");
        assertThat(outcome.trace()).extracting(line -> line.substring(0, 44).strip()).containsExactly(
                "it begins", "fill large", "large into small", "empty small", "large into small", "fill large",
                "large into small");
        assertThat(outcome.trace().getLast()).endsWith("3 and 4");
    }

    @Test
    void aModelThatOutgrowsItsBoundsIsNoProof() {
        assertThatThrownBy(() -> Checker.explore(new Pouring(6), 10)).hasMessageContaining("more than 10 states");
    }
}
