package dev.holdfast.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.agent.IncarnationRule.Filed;
import dev.holdfast.core.agent.IncarnationRule.Next;
import dev.holdfast.core.node.Incarnation;
import org.junit.jupiter.api.Test;

class IncarnationRuleTest {

    @Test
    void aNodeUnknownToItselfAndToTheLogBeginsAtOne() {
        assertThat(IncarnationRule.next(null, null, "x")).isEqualTo(begin(1, 1));
    }

    @Test
    void aNodeThatForgotWhatTheLogRemembersRefusesToStart() {
        assertThat(IncarnationRule.next(null, new Incarnation(3, 1), "x")).isInstanceOf(Next.Refuse.class);
    }

    @Test
    void withinOneBootOnlyKGrows() {
        assertThat(IncarnationRule.next(new Filed("x", new Incarnation(3, 4)), new Incarnation(3, 4), "x"))
                .isEqualTo(begin(3, 5));
        assertThat(IncarnationRule.next(new Filed("x", new Incarnation(3, 4)), new Incarnation(3, 6), "x"))
                .isEqualTo(begin(3, 7));
    }

    @Test
    void aNewBootCountsOnFromWhateverIsGreatestInFileAndLog() {
        assertThat(IncarnationRule.next(new Filed("x", new Incarnation(3, 4)), new Incarnation(3, 4), "y"))
                .isEqualTo(begin(4, 1));
        assertThat(IncarnationRule.next(new Filed("x", new Incarnation(3, 4)), new Incarnation(7, 2), "y"))
                .isEqualTo(begin(8, 1));
    }

    @Test
    void aFileOlderThanTheLogNeverReusesABootCounter() {
        assertThat(IncarnationRule.next(new Filed("x", new Incarnation(3, 4)), new Incarnation(5, 1), "x"))
                .isEqualTo(begin(6, 1));
    }

    private static Next begin(long boot, long k) {
        return new Next.Begin(new Incarnation(boot, k));
    }
}
