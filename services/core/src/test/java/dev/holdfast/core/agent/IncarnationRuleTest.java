package dev.holdfast.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.agent.IncarnationRule.Filed;
import dev.holdfast.core.agent.IncarnationRule.Next;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.Replaced;
import org.junit.jupiter.api.Test;

class IncarnationRuleTest {

    /** Since its machine was replaced. */
    private static final Replaced GRANTED = new Replaced("new", 1_000);

    @Test
    void aNodeUnknownToItselfAndToTheLogBeginsAtOne() {
        assertThat(next(null, null, "x")).isEqualTo(begin(1, 1));
    }

    @Test
    void aNodeThatForgotWhatTheLogRemembersRefusesToStart() {
        assertThat(next(null, new Incarnation(3, 1), "x")).isInstanceOf(Next.Refuse.class);
    }

    @Test
    void withinOneBootOnlyKGrows() {
        assertThat(next(new Filed("x", new Incarnation(3, 4)), new Incarnation(3, 4), "x"))
                .isEqualTo(begin(3, 5));
        assertThat(next(new Filed("x", new Incarnation(3, 4)), new Incarnation(3, 6), "x"))
                .isEqualTo(begin(3, 7));
    }

    @Test
    void aNewBootCountsOnFromWhateverIsGreatestInFileAndLog() {
        assertThat(next(new Filed("x", new Incarnation(3, 4)), new Incarnation(3, 4), "y"))
                .isEqualTo(begin(4, 1));
        assertThat(next(new Filed("x", new Incarnation(3, 4)), new Incarnation(7, 2), "y"))
                .isEqualTo(begin(8, 1));
    }

    @Test
    void aFileOlderThanTheLogNeverReusesABootCounter() {
        assertThat(next(new Filed("x", new Incarnation(3, 4)), new Incarnation(5, 1), "x"))
                .isEqualTo(begin(6, 1));
    }

    @Test
    void theMachineThatTakesTheirPlaceBeginsOnceAndOnlyAboveWhatTheLogKnows() {
        assertThat(next("new", null, new Incarnation(3, 1), GRANTED)).isEqualTo(begin(1_000, 1));
        assertThat(next("new", null, new Incarnation(1_000, 1), GRANTED)).isInstanceOf(Next.Refuse.class);
        assertThat(next("new", new Filed("x", new Incarnation(1_000, 1)), new Incarnation(1_000, 1), GRANTED))
                .isEqualTo(begin(1_000, 2));
        assertThat(next("new", new Filed("w", new Incarnation(1_000, 1)), new Incarnation(3, 1), GRANTED))
                .isEqualTo(begin(1_001, 1));
    }

    @Test
    void aMachineThatWasReplacedNeverBeginsAgainWhateverItRemembers() {
        assertThat(next("old", new Filed("x", new Incarnation(3, 1)), new Incarnation(3, 1), GRANTED))
                .isInstanceOf(Next.Refuse.class);
        assertThat(next("old", new Filed("w", new Incarnation(3, 1)), new Incarnation(1_000, 4), GRANTED))
                .isInstanceOf(Next.Refuse.class);
        assertThat(next("old", null, new Incarnation(3, 1), GRANTED)).isInstanceOf(Next.Refuse.class);
    }

    private static Next next(Filed filed, Incarnation onLog, String bootId) {
        return IncarnationRule.next(new IncarnationRule.Machine("any", bootId, filed), onLog, null);
    }

    private static Next next(String machine, Filed filed, Incarnation onLog, Replaced replaced) {
        return IncarnationRule.next(new IncarnationRule.Machine(machine, "x", filed), onLog, replaced);
    }

    private static Next begin(long boot, long k) {
        return new Next.Begin(new Incarnation(boot, k));
    }
}
