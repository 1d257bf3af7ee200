package dev.holdfast.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.event.GuestEvent.StopGuest;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuestDutyTest {

    private static final Incarnation LIFE = new Incarnation(2, 3);
    private static final StartGuest START = new StartGuest("db", 7, "a", LIFE, false, null);

    private final RunningGuests running = new RunningGuests();
    private final GuestDuty duty = new GuestDuty("db", "a", LIFE, running, () -> Duration.ofSeconds(9));

    @Test
    void everyBeatNamesAGuestFromBeforeItsStartUntilItsDeathIsVerified() {
        duty.launching(START);
        assertThat(running.now()).containsEntry("db", 7L);
        duty.started(START, 1);
        assertThat(running.now()).containsEntry("db", 7L);
        duty.stopped(7, true, "asked");
        assertThat(running.now()).isEmpty();
    }

    @Test
    void aStartUnderWayIsNoPlaceForAnother() {
        duty.launching(START);

        assertThat(duty.facts(7, true, true).inFlight()).isTrue();
    }

    @Test
    void whatWasNotStartedIsNamedNoMore() {
        duty.launching(START);

        assertThat(duty.notStarted(START, false, "no such program")).isInstanceOf(GuestReport.StartFailed.class);
        assertThat(running.now()).isEmpty();
    }

    @Test
    void anUnreadableFloorNeverDischargesWhatRuns() {
        assertThat(duty.floorUnknown(START, "damaged")).isPresent();
        duty.launching(START);
        duty.started(START, 1);

        assertThat(duty.floorUnknown(START, "damaged")).isEmpty();
        assertThat(running.now()).containsEntry("db", 7L);
    }

    @Test
    void aStopOfWhatWasNeverStartedIsAnsweredOnlyIfItCanNeverStart() {
        StopGuest stop = stop(7, LIFE);

        assertThat(duty.stopping(stop)).isEqualTo(new GuestDuty.Stopping.LookFor());
        assertThat(duty.nothingRuns(stop, 6, true)).isEmpty();
        assertThat(duty.nothingRuns(stop, 7, false)).isEmpty();
        assertThat(duty.nothingRuns(stop, 7, true)).isPresent();
    }

    @Test
    void aRefusedStartIsNotCarriedOutWhenItsOrderIsReadAgain() {
        StartRule.Facts unarmed = duty.facts(0, true, false);
        assertThat(StartRule.judge(START, unarmed)).isInstanceOf(StartRule.Verdict.Refuse.class);
        duty.refused(START, "the guard is not armed");

        assertThat(StartRule.judge(START, duty.facts(0, true, true))).isInstanceOf(StartRule.Verdict.Repeated.class);
    }

    @Test
    void aStoppedGuestIsNotStartedWhenItsOrderIsReadAgain() {
        duty.started(START, 1);
        duty.stopped(7, true, "asked");

        assertThat(StartRule.judge(START, duty.facts(0, true, true))).isInstanceOf(StartRule.Verdict.Repeated.class);
    }

    @Test
    void aStopForAnotherIncarnationIsNotOurs() {
        duty.started(START, 1);

        assertThat(duty.stopping(stop(7, new Incarnation(2, 4)))).isEqualTo(new GuestDuty.Stopping.NotMine());
        assertThat(duty.stopping(stop(7, LIFE))).isEqualTo(new GuestDuty.Stopping.StopIt(START));
    }

    @Test
    void theEndOfAnEarlierRunIsNoNews() {
        duty.started(START, 1);

        assertThat(duty.ended(6, "exit 0")).isEmpty();
        assertThat(duty.ended(7, "exit 0")).isPresent();
        assertThat(duty.ended(7, "exit 0")).isEmpty();
    }

    private static StopGuest stop(long epoch, Incarnation incarnation) {
        return new StopGuest("db", epoch, "a", incarnation, false, "asked");
    }
}
