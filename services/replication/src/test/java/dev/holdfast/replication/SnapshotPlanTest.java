package dev.holdfast.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When snapshots are due: by a grid that nothing shifts. */
class SnapshotPlanTest {

    private static final Duration BEGIN = Duration.ofSeconds(100);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SnapshotPlan plan = new SnapshotPlan("db", MINUTE, BEGIN);
    private final Duration first = plan.due();

    @Test
    void theFirstCopyIsMadeSoonWhateverTheInterval() {
        assertThat(List.of(Duration.ofSeconds(1), MINUTE, Duration.ofHours(24))).allSatisfy(interval ->
                assertThat(new SnapshotPlan("db", interval, BEGIN).due().minus(BEGIN))
                        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(6)));
    }

    @Test
    void aSnapshotThatTakesLongDoesNotShiftThePlan() {
        plan.take(first);
        assertThat(plan.due()).isEqualTo(first.plus(MINUTE));

        plan.take(first.plus(MINUTE).plusSeconds(7));

        assertThat(plan.due()).isEqualTo(first.plus(MINUTE.multipliedBy(2)));
        assertThat(plan.missed()).isZero();
    }

    @Test
    void afterAStallOneIsTakenAtOnceAndTheOthersAreCountedAndLeftOut() {
        plan.take(first);
        Duration late = first.plus(MINUTE.multipliedBy(4)).plusSeconds(30);
        assertThat(plan.due()).isLessThan(late);

        plan.take(late);

        assertThat(plan.missed()).isEqualTo(3);
        assertThat(plan.due()).isEqualTo(first.plus(MINUTE.multipliedBy(5)));
    }

    @Test
    void whatWasNotToBeTakenIsNotMissed() {
        plan.take(first);

        plan.skip(first.plus(Duration.ofHours(1)).plusSeconds(1));

        assertThat(plan.missed()).isZero();
        assertThat(plan.due()).isEqualTo(first.plus(Duration.ofHours(1)).plus(MINUTE));
    }

    @Test
    void oneThatIsTakenBesideThePlanChangesNothing() {
        plan.take(first.minusMillis(1));

        assertThat(plan.due()).isEqualTo(first);
    }

    @Test
    void guestsThatAreStartedTogetherAreNotCopiedTogether() {
        List<Duration> offsets = IntStream.range(0, 100)
                .mapToObj(number -> SnapshotPlan.offset("guest-" + number, MINUTE))
                .toList();

        assertThat(offsets).allSatisfy(offset -> assertThat(offset).isBetween(Duration.ZERO, Duration.ofSeconds(5)));
        assertThat(offsets.stream().map(Duration::toSeconds).distinct()).hasSize(5);
        assertThat(SnapshotPlan.offset("db", MINUTE)).isEqualTo(SnapshotPlan.offset("db", MINUTE));
        assertThat(SnapshotPlan.offset("db", Duration.ofSeconds(1))).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void aFailingTargetIsLeftAloneEverLongerButNeverLongerThanTheInterval() {
        assertThat(IntStream.of(1, 2, 3, 4, 5, 6, 1000).mapToObj(failures -> BackOff.after(failures, MINUTE).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 15L, 15L, 15L);
        assertThat(BackOff.after(1000, Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(BackOff.after(1, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    }
}
