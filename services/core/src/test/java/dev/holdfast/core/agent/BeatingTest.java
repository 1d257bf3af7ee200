package dev.holdfast.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.lease.ChainedLease;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BeatingTest {

    private static final Timing TIMING = Timing.FAST;

    private final List<String> order = new ArrayList<>();
    private Duration lease = Duration.ofSeconds(100);
    private Duration witness = Duration.ofSeconds(50);
    private Duration standsStill = Duration.ZERO;
    private PoolHealth pool;

    private final Beating beating = new Beating(
            new Pulse("a", "topic", new Incarnation(1, 1), "boot", "process", 1), TIMING, new ChainedLease(),
            new Beating.Clocks() {
                @Override
                public Duration lease() {
                    return lease;
                }

                @Override
                public Duration witness() {
                    order.add("clock");
                    return witness;
                }
            },
            () -> {
                order.add("seen");
                lease = lease.plus(standsStill);
                witness = witness.plus(standsStill);
                return Map.of();
            },
            () -> {
                order.add("running");
                return Map.of();
            },
            () -> pool);

    @Test
    void whatABeatQuotesWasReadBeforeItsClockAndTheGuestsAfterIt() {
        order.clear();
        beating.beat();

        assertThat(order).containsSubsequence("seen", "clock", "running");
    }

    @Test
    void eachBeatCarriesWhatWasLastFoundOfThePool() {
        assertThat(((Beating.Beat.Send) beating.beat()).beat().pool()).isNull();

        pool = new PoolHealth("tank", PoolState.DEGRADED, 100, 12, 3, null, "disk2 is gone");

        assertThat(((Beating.Beat.Send) beating.beat()).beat().pool()).isEqualTo(pool);
    }

    @Test
    void theLeaseCountsFromSendingHoweverLateTheAcknowledgement() {
        Beating.Beat.Send beat = (Beating.Beat.Send) beating.beat();
        passes(6_900);
        beating.acknowledged(beat, 4);

        assertThat(beating.left()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void anAcknowledgementThatComesAfterTheEndIsTooLate() {
        Beating.Beat.Send beat = (Beating.Beat.Send) beating.beat();
        passes(7_000);
        beating.acknowledged(beat, 4);

        assertThat(beating.holdsLease()).isFalse();
        assertThat(beating.feed()).isInstanceOf(Beating.Feeding.Over.class);
        assertThat(beating.beat()).isInstanceOf(Beating.Beat.Over.class);
    }

    @Test
    void aThreadThatStoodStillUntilTheLeaseWasOverSendsNothing() {
        beating.acknowledged((Beating.Beat.Send) beating.beat(), 4);
        passes(500);
        standsStill = TIMING.lease();

        assertThat(beating.beat()).isInstanceOf(Beating.Beat.Over.class);
        assertThat(beating.holdsLease()).isFalse();
    }

    @Test
    void theGuardIsFedOnlyWhileTheLeaseOutlivesTheWatchdog() {
        Beating.Beat.Send beat = (Beating.Beat.Send) beating.beat();
        assertThat(beating.feed()).isEqualTo(new Beating.Feeding.Wait());
        beating.acknowledged(beat, 4);
        assertThat(beating.feed()).isEqualTo(
                new Beating.Feeding.Feed(lease, beat.leaseSentAt().plus(TIMING.lease()), TIMING.wd()));
        passes(4_000);

        assertThat(beating.feed()).isEqualTo(new Beating.Feeding.Wait());
    }

    @Test
    void theNewestAcknowledgedBeatIsQuotedByItsNumberAlsoIfItStandsLower() {
        Beating.Beat.Send first = (Beating.Beat.Send) beating.beat();
        assertThat(first.beat().ackedSeq()).isZero();
        assertThat(first.beat().ackedOffset()).isEqualTo(-1);
        Beating.Beat.Send second = (Beating.Beat.Send) beating.beat();
        beating.acknowledged(first, 40);
        beating.acknowledged(second, 7);

        Heartbeat third = ((Beating.Beat.Send) beating.beat()).beat();

        assertThat(third.ackedSeq()).isEqualTo(2);
        assertThat(third.ackedOffset()).isEqualTo(7);
    }

    @Test
    void aSuspendedMachineLapses() {
        beating.beat();
        lease = lease.plusSeconds(2);
        witness = witness.plusMillis(500);

        assertThat(beating.beat()).isInstanceOfSatisfying(
                Beating.Beat.Over.class, over -> assertThat(over.reason()).isEqualTo(Lapsed.Reason.SUSPENDED));
        assertThat(beating.holdsLease()).isFalse();
    }

    private void passes(long millis) {
        lease = lease.plusMillis(millis);
        witness = witness.plusMillis(millis);
    }
}
