package dev.holdfast.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final Incarnation OLD = new Incarnation(4, 1);
    private static final Incarnation PRESENT = new Incarnation(4, 2);
    private static final Incarnation NEWER = new Incarnation(5, 1);
    private static final Duration WD = Duration.ofSeconds(5);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration NOW = Duration.ofSeconds(100);

    private final Watch.Unarmed unarmed = new Watch.Unarmed(OLD);
    private final Watch.Armed armed = new Watch.Armed(PRESENT, WD, NOW.plus(WD), NOW);
    private final Watch.Expired expired = armed.expire(Lapse.NOT_FED, "not fed", NOW.plus(WD));

    @Test
    void armingFeedsOnce() {
        assertThat(next(unarmed.arm(PRESENT, LEASE, WD, NOW))).isEqualTo(armed);
    }

    @Test
    void onlyANewerIncarnationCanArm() {
        assertThat(reason(unarmed.arm(OLD, LEASE, WD, NOW))).isEqualTo(Refusal.NOT_NEWER);
        assertThat(reason(expired.arm(PRESENT, LEASE, WD, NOW))).isEqualTo(Refusal.NOT_NEWER);
        assertThat(reason(expired.arm(OLD, LEASE, WD, NOW))).isEqualTo(Refusal.NOT_NEWER);
        assertThat(next(expired.arm(NEWER, LEASE, WD, NOW))).isInstanceOf(Watch.Armed.class);
    }

    @Test
    void aMachineOnWhichNothingWasArmedTakesAnyIncarnation() {
        assertThat(next(new Watch.Unarmed(null).arm(OLD, LEASE, WD, NOW))).isInstanceOf(Watch.Armed.class);
    }

    @Test
    void whatIsArmedIsNotArmedOver() {
        assertThat(reason(armed.arm(NEWER, LEASE, WD, NOW))).isEqualTo(Refusal.ALREADY_ARMED);
    }

    @Test
    void feedingPutsTheDeadlineOffToWdFromNow() {
        Duration later = NOW.plusSeconds(2);

        Watch.Armed fed = (Watch.Armed) next(armed.feed(PRESENT, LEASE, WD, later));

        assertThat(fed.deadline()).isEqualTo(later.plus(WD));
    }

    @Test
    void aFeedNeedsMoreThanWdOfTheLease() {
        assertThat(reason(armed.feed(PRESENT, WD, WD, NOW))).isEqualTo(Refusal.LEASE_TOO_SHORT);
        assertThat(reason(unarmed.arm(PRESENT, WD, WD, NOW))).isEqualTo(Refusal.LEASE_TOO_SHORT);
        assertThat(next(armed.feed(PRESENT, WD.plusNanos(1), WD, NOW))).isInstanceOf(Watch.Armed.class);
    }

    @Test
    void aFeedAtTheDeadlineIsTooLate() {
        assertThat(reason(armed.feed(PRESENT, LEASE, WD, NOW.plus(WD)))).isEqualTo(Refusal.EXPIRED);
        assertThat(next(armed.feed(PRESENT, LEASE, WD, NOW.plus(WD).minusNanos(1))))
                .isInstanceOf(Watch.Armed.class);
    }

    @Test
    void theFeedOfAnotherIncarnationIsRefused() {
        assertThat(reason(armed.feed(OLD, LEASE, WD, NOW))).isEqualTo(Refusal.OTHER_INCARNATION);
        assertThat(reason(armed.feed(NEWER, LEASE, WD, NOW))).isEqualTo(Refusal.OTHER_INCARNATION);
    }

    @Test
    void anExpiryIsNeverFedAway() {
        assertThat(reason(expired.feed(PRESENT, LEASE, WD, NOW))).isEqualTo(Refusal.EXPIRED);
        assertThat(reason(expired.checkIn(PRESENT, NOW))).isEqualTo(Refusal.EXPIRED);
        assertThat(expired.startDenied(PRESENT, NOW).reason()).isEqualTo(Refusal.EXPIRED);
    }

    @Test
    void aFeedNeedsRecoverysCheckInWithinThreeWd() {
        Watch.Armed silent = new Watch.Armed(PRESENT, WD, NOW.plus(WD), NOW.minus(WD.multipliedBy(3)));

        assertThat(next(silent.feed(PRESENT, LEASE, WD, NOW))).isInstanceOf(Watch.Armed.class);
        assertThat(reason(silent.feed(PRESENT, LEASE, WD, NOW.plusNanos(1)))).isEqualTo(Refusal.RECOVERY_SILENT);
    }

    @Test
    void aCheckInDoesNotPutTheDeadlineOff() {
        Watch.Armed checkedIn = (Watch.Armed) next(armed.checkIn(PRESENT, NOW.plusSeconds(1)));

        assertThat(checkedIn.deadline()).isEqualTo(armed.deadline());
        assertThat(checkedIn.checkedIn()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void startsNeedExactlyTheArmedIncarnationBeforeItsDeadline() {
        assertThat(armed.startDenied(PRESENT, NOW)).isNull();
        assertThat(armed.startDenied(OLD, NOW).reason()).isEqualTo(Refusal.OTHER_INCARNATION);
        assertThat(armed.startDenied(PRESENT, NOW.plus(WD)).reason()).isEqualTo(Refusal.EXPIRED);
        assertThat(unarmed.startDenied(OLD, NOW).reason()).isEqualTo(Refusal.NOT_ARMED);
    }

    @Test
    void aWdOutOfRangeIsRefused() {
        assertThat(reason(unarmed.arm(PRESENT, LEASE, Duration.ofMillis(99), NOW))).isEqualTo(Refusal.INVALID);
        assertThat(reason(armed.feed(PRESENT, Duration.ofHours(1), Duration.ofSeconds(61), NOW)))
                .isEqualTo(Refusal.INVALID);
    }

    private static Watch next(Watch.Step step) {
        assertThat(step).isInstanceOf(Watch.Step.To.class);
        return ((Watch.Step.To) step).next();
    }

    private static Refusal reason(Watch.Step step) {
        assertThat(step).isInstanceOf(Watch.Step.Denied.class);
        return ((Watch.Step.Denied) step).reason();
    }
}
