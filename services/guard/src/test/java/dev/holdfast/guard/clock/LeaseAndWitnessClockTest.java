package dev.holdfast.guard.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseAndWitnessClockTest {

    private static final ClockReading ORIGIN = new ClockReading(5_000, 1_000);

    private ClockReading present = ORIGIN;
    private final LeaseClock lease = LeaseClock.startingNow(() -> present);
    private final WitnessClock witness = WitnessClock.startingNow(() -> present);

    @Test
    void aSuspendAdvancesTheLeaseClockButNotTheWitnessClock() {
        present = new ClockReading(5_000 + 900, 1_000 + 20);

        assertThat(lease.now()).isEqualTo(Duration.ofNanos(900));
        assertThat(witness.now()).isEqualTo(Duration.ofNanos(1_020));
    }

    @Test
    void anAdjustedBootClockThatRunsSlowDoesNotSlowTheLeaseClock() {
        present = new ClockReading(5_000 + 90, 1_000 + 100);

        assertThat(lease.now()).isEqualTo(Duration.ofNanos(100));
        assertThat(witness.now()).isEqualTo(Duration.ofNanos(1_090));
    }

    @Test
    void theLeaseClockStartsAtZeroAndTheWitnessClockAtTheRawClock() {
        assertThat(lease.now()).isEqualTo(Duration.ZERO);
        assertThat(witness.now()).isEqualTo(Duration.ofNanos(1_000));
    }

    @Test
    void whatIsLeftOfADeadlineShrinksByTheLargerAdvanceOnTheWayToAnotherProcess() {
        TimeLeft left = lease.until(Duration.ofNanos(500));

        assertThat(left.at(new ClockReading(5_100, 1_010))).isEqualTo(Duration.ofNanos(400));
        assertThat(left.at(new ClockReading(5_010, 1_100))).isEqualTo(Duration.ofNanos(400));
        assertThat(left.at(new ClockReading(6_000, 2_000))).isNegative();
    }

    @Test
    void readingsOfAnotherBootLeaveNothing() {
        TimeLeft left = lease.until(Duration.ofDays(1));

        assertThat(left.at(new ClockReading(1, 1))).isEqualTo(Duration.ZERO);
    }

    @Test
    void theSystemsClocksGoOn() {
        ClockReading earlier = SystemClock.INSTANCE.read();
        ClockReading later = SystemClock.INSTANCE.read();

        assertThat(later.smallerAdvanceSince(earlier)).isNotNegative();
        assertThat(later.bootNanos()).isPositive();
        assertThat(later.rawNanos()).isPositive();
    }
}
