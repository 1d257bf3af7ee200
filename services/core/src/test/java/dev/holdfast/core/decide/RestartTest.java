package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.message.OperatorCommand.ClearGuest;
import dev.holdfast.core.message.OperatorCommand.RequestStart;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.Move;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A guest that ends by itself: back-off in log time, limits, relocation, error, clear. */
class RestartTest {

    @Test
    void aCrashedGuestIsStartedInPlaceAfterTheBackOffHasPassedInLogTime() {
        // Given a crash
        Cluster cluster = Cluster.withDbOnA();
        cluster.mark();
        cluster.orders.crashes("db");

        // When the log stands still, then no time passes
        cluster.silenceFor(Duration.ofHours(1));
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();

        // When beats prove a second, then it starts where it was
        cluster.beatsFor(Duration.ofSeconds(3));
        assertThat(cluster.startedOn()).isEqualTo("a");
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
    }

    @Test
    void theBackOffDoublesWithEachFailure() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.orders.crashes("db");
        assertThat(cluster.db().attempts().backOff()).isEqualTo(Duration.ofSeconds(1));

        cluster.beatsFor(Duration.ofSeconds(3));
        cluster.orders.crashes("db");

        assertThat(cluster.db().attempts().backOff()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aGuestThatKeepsCrashingIsRelocatedOnceWithItsLastIncrementAndThenGivenUp() {
        // Given two restarts used up
        Cluster cluster = Cluster.withDbOnA();
        crashUntilRestartsAreUsedUp(cluster);

        // Then it leaves a with its last increment, losing nothing
        assertThat(cluster.last(GuestEvent.MoveBegun.class).move().purpose()).isEqualTo(Move.Purpose.RELOCATION);
        assertThat(cluster.last(GuestEvent.ReplicateFinal.class).node()).isEqualTo("a");
        cluster.orders.carryOutAll();
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).dataLoss()).isZero();
        assertThat(cluster.startedOn()).isNotEqualTo("a");

        // When it fails there as often
        crashUntilRestartsAreUsedUp(cluster);

        // Then it is in error, and stays there
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Errored.class);
        cluster.mark();
        cluster.beatsFor(Duration.ofMinutes(5));
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();

        // When a person starts it, then that is refused; when one clears it, it starts in place
        cluster.ask(new RequestStart("db"));
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();
        cluster.ask(new ClearGuest("db"));
        assertThat(cluster.startedOn()).isEqualTo(cluster.db().lastWriter().node());
    }

    @Test
    void aGuestThatDoesNotStartAnyMoreWhereItRanIsRelocatedUnderTheEpochOfItsNewestStart() {
        // Given a guest that ran, and whose starts in place fail since
        Cluster cluster = Cluster.withDbOnA();
        cluster.orders.crashes("db");
        cluster.beatsFor(Duration.ofSeconds(10));
        for (int i = 0; i < 2; i++) {
            cluster.orders.startFailed("db", false);
            cluster.beatsFor(Duration.ofSeconds(10));
        }

        // Then its node is asked for the last increment under the epoch that it heard of last
        GuestEvent.ReplicateFinal order = cluster.last(GuestEvent.ReplicateFinal.class);
        assertThat(order.epoch())
                .isEqualTo(cluster.last(GuestEvent.StartGuest.class).epoch())
                .isGreaterThan(cluster.db().lastWriter().epoch());

        // And nothing is lost
        cluster.orders.carryOutAll();
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).dataLoss()).isZero();
        assertThat(cluster.startedOn()).isEqualTo("b");
    }

    @Test
    void aMoveThatArrivedIsOverAndTheGuestStays() {
        Cluster cluster = Cluster.withDbOnA();
        crashUntilRestartsAreUsedUp(cluster);
        cluster.orders.carryOutAll();
        cluster.mark();

        cluster.beatsFor(Duration.ofMinutes(1));

        assertThat(cluster.db().move()).isNull();
        assertThat(cluster.events(GuestEvent.StopGuest.class)).isEmpty();
    }

    @Test
    void withoutARelocationLeftItIsGivenUpAtOnce() {
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.restarting(new RestartPolicy(
                0, Duration.ofMinutes(10), Duration.ZERO, Duration.ZERO, 0, Duration.ofHours(1))));
        cluster.orders.carryOutAll();
        cluster.replicated("db", "b", "c");

        cluster.orders.crashes("db");

        assertThat(cluster.last(GuestEvent.GuestErrored.class).reason()).contains("failed 1 times");
    }

    @Test
    void aRefusedStartIsNoFailureAndWaitsALittleLongerEachTime() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.orders.crashes("db");
        cluster.beatsFor(Duration.ofSeconds(3));
        int failures = cluster.db().attempts().failures();

        for (int i = 0; i < 5; i++) {
            cluster.orders.startFailed("db", true);
            cluster.beatsFor(Duration.ofSeconds(70));
        }

        assertThat(cluster.db().attempts().failures()).isEqualTo(failures);
        assertThat(cluster.db().attempts().backOff()).isGreaterThan(Duration.ofSeconds(8));
        assertThat(cluster.events(GuestEvent.GuestErrored.class)).isEmpty();
    }

    @Test
    void aFailedStartIsAFailure() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.orders.crashes("db");
        cluster.beatsFor(Duration.ofSeconds(3));

        cluster.orders.startFailed("db", false);

        assertThat(cluster.db().attempts().failures()).isEqualTo(2);
    }

    @Test
    void aNewGuestThatFailsOnOneNodeIsTriedOnAnother() {
        // Given a guest that never ran
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db());
        assertThat(cluster.startedOn()).isEqualTo("a");

        // When it does not start on a as often as its policy allows
        for (int i = 0; i < 3; i++) {
            cluster.orders.startFailed("db", false);
            cluster.beatsFor(Duration.ofSeconds(10));
        }

        // Then another node makes it a new volume
        assertThat(cluster.startedOn()).isEqualTo("b");
        assertThat(cluster.last(GuestEvent.StartGuest.class).newVolume()).isTrue();
    }

    @Test
    void aGuestThatDoesNotAnswerIsStoppedAndItsEndCountsAsAFailure() {
        Cluster cluster = Cluster.withDbOnA();

        cluster.orders.answers("db", false);
        assertThat(cluster.last(GuestEvent.StopGuest.class).failing()).isTrue();
        cluster.orders.carryOutAll();

        assertThat(cluster.db().attempts().failures()).isEqualTo(1);
    }

    @Test
    void hangsThatLieFurtherApartThanTheWindowDoNotAddUp() {
        Cluster cluster = Cluster.withDbOnA();
        for (int i = 0; i < 4; i++) {
            cluster.beatsFor(Duration.ofMinutes(11));
            cluster.orders.answers("db", false);
            cluster.orders.carryOutAll();
            assertThat(cluster.db().attempts().failures()).isEqualTo(1);
            cluster.beatsFor(Duration.ofSeconds(3));
            cluster.orders.carryOutAll();
        }

        assertThat(cluster.events(GuestEvent.MoveBegun.class)).isEmpty();
    }

    private static void crashUntilRestartsAreUsedUp(Cluster cluster) {
        for (int i = 0; i < 3; i++) {
            cluster.orders.crashes("db");
            cluster.beatsFor(Duration.ofSeconds(10));
        }
    }
}
