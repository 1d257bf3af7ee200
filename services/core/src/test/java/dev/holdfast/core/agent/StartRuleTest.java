package dev.holdfast.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.agent.StartRule.Facts;
import dev.holdfast.core.agent.StartRule.Verdict;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.node.Incarnation;
import org.junit.jupiter.api.Test;

class StartRuleTest {

    private static final Incarnation NOW = new Incarnation(2, 1);

    @Test
    void aStartForThisIncarnationAboveTheFloorIsCarriedOut() {
        assertThat(StartRule.judge(start(8, NOW), new Facts("a", NOW, 7, true, true, false)))
                .isInstanceOf(Verdict.Start.class);
    }

    @Test
    void aStartForAnotherIncarnationIsNotOurs() {
        assertThat(StartRule.judge(start(8, new Incarnation(1, 9)), new Facts("a", NOW, 7, true, true, false)))
                .isInstanceOf(Verdict.NotMine.class);
        assertThat(StartRule.judge(start(8, NOW), new Facts("b", NOW, 7, true, true, false)))
                .isInstanceOf(Verdict.NotMine.class);
    }

    @Test
    void anEpochIsStartedAtMostOnceHoweverOftenItsRecordIsRead() {
        assertThat(StartRule.judge(start(7, NOW), new Facts("a", NOW, 7, true, true, false)))
                .isInstanceOf(Verdict.Repeated.class);
        assertThat(StartRule.judge(start(6, NOW), new Facts("a", NOW, 7, true, true, false)))
                .isInstanceOf(Verdict.Refuse.class);
    }

    @Test
    void withoutLeaseOrGuardOrWithSomethingInFlightAStartIsRefusedWithItsReason() {
        assertThat(StartRule.judge(start(8, NOW), new Facts("a", NOW, 7, false, true, false)))
                .isEqualTo(new Verdict.Refuse("the lease is not held"));
        assertThat(StartRule.judge(start(8, NOW), new Facts("a", NOW, 7, true, false, false)))
                .isEqualTo(new Verdict.Refuse("the guard is not armed"));
        assertThat(StartRule.judge(start(8, NOW), new Facts("a", NOW, 7, true, true, true)))
                .isInstanceOf(Verdict.Refuse.class);
    }

    private static StartGuest start(long epoch, Incarnation incarnation) {
        return new StartGuest("db", epoch, "a", incarnation, false, null);
    }
}
