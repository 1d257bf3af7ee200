package dev.holdfast.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.message.Lapsed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private static final Duration LENGTH = Duration.ofSeconds(10);
    private static final Duration WD = Duration.ofSeconds(5);

    private final Lease lease = new ChainedLease();

    @Test
    void aLeaseNeverAcknowledgedIsNotHeld() {
        lease.sent(at(0), LENGTH);

        assertThat(lease.isHeld(at(1))).isFalse();
        assertThat(lease.mayFeed(at(1), WD)).isFalse();
    }

    @Test
    void aRenewalCountsFromSendingNotFromTheAcknowledgement() {
        lease.sent(at(0), LENGTH);
        lease.acknowledged(at(0), LENGTH, at(9));

        assertThat(lease.isHeld(at(9.9))).isTrue();
        assertThat(lease.isHeld(at(10))).isFalse();
    }

    @Test
    void anAcknowledgementThatArrivesAfterTheEndRenewsNothing() {
        lease.sent(at(0), LENGTH);
        lease.acknowledged(at(0), LENGTH, at(1));
        lease.sent(at(9), LENGTH);

        assertThat(lease.acknowledged(at(9), LENGTH, at(10))).isFalse();
        assertThat(lease.lapsed(at(10))).isEqualTo(Lapsed.Reason.LEASE_EXPIRED);
    }

    @Test
    void aLapseIsLatchedAgainstEveryLaterAcknowledgement() {
        lease.sent(at(0), LENGTH);
        lease.acknowledged(at(0), LENGTH, at(1));
        lease.lapse(Lapsed.Reason.GUARD_LOST);

        assertThat(lease.acknowledged(at(1), LENGTH, at(2))).isFalse();
        assertThat(lease.isHeld(at(2))).isFalse();
        assertThat(lease.maySend(at(2))).isFalse();
        assertThat(lease.lapsed(at(20))).isEqualTo(Lapsed.Reason.GUARD_LOST);
    }

    @Test
    void theFirstLeaseIsPartOfTheChainAndCanLapseUngranted() {
        lease.sent(at(0), LENGTH);

        assertThat(lease.acknowledged(at(0), LENGTH, at(10))).isFalse();
        assertThat(lease.wasGranted()).isFalse();
        assertThat(lease.lapsed(at(10))).isEqualTo(Lapsed.Reason.LEASE_EXPIRED);
    }

    @Test
    void anOlderAcknowledgementNeverShortensTheLease() {
        lease.sent(at(0), LENGTH);
        lease.acknowledged(at(2), LENGTH, at(3));
        lease.acknowledged(at(1), LENGTH, at(4));

        assertThat(lease.left(at(4))).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void theGuardIsFedOnlyWhileTheLeaseOutlivesTheWatchdog() {
        lease.sent(at(0), LENGTH);
        lease.acknowledged(at(0), LENGTH, at(1));

        assertThat(lease.mayFeed(at(4.9), WD)).isTrue();
        assertThat(lease.mayFeed(at(5), WD)).isFalse();
    }

    @Test
    void nothingIsSentOnceTheLeaseRanOut() {
        assertThat(lease.maySend(at(99))).isTrue();
        lease.sent(at(99), LENGTH);

        assertThat(lease.maySend(at(108))).isTrue();
        assertThat(lease.maySend(at(109))).isFalse();
        assertThat(lease.maySend(at(108))).isFalse();
    }

    @Test
    void aShorterLeaseIsKeptFromTheSendingOfTheFirstBeatThatNamesIt() {
        Duration shorter = Duration.ofSeconds(6);
        lease.sent(at(0), LENGTH);
        lease.acknowledged(at(0), LENGTH, at(1));
        lease.sent(at(1), LENGTH);
        lease.sent(at(2), shorter);

        // Then neither the old lease nor an acknowledgement under way goes beyond it
        assertThat(lease.left(at(2))).isEqualTo(shorter);
        assertThat(lease.acknowledged(at(1), LENGTH, at(3))).isTrue();
        assertThat(lease.left(at(3))).isEqualTo(Duration.ofSeconds(5));

        lease.acknowledged(at(2), shorter, at(4));
        lease.sent(at(4), shorter);
        lease.acknowledged(at(4), shorter, at(5));
        assertThat(lease.left(at(5))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aLongerLeaseIsHeldOnlyOnceABeatThatNamesItIsAcknowledged() {
        Duration longer = Duration.ofSeconds(20);
        lease.sent(at(0), LENGTH);
        lease.acknowledged(at(0), LENGTH, at(1));
        lease.sent(at(1), longer);
        assertThat(lease.left(at(2))).isEqualTo(Duration.ofSeconds(8));

        lease.acknowledged(at(1), longer, at(2));
        assertThat(lease.left(at(2))).isEqualTo(Duration.ofSeconds(19));
    }

    private static Duration at(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }
}
