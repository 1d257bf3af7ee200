package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.OperatorCommand.AcceptLoss;
import dev.holdfast.core.message.OperatorCommand.DrainNode;
import dev.holdfast.core.node.Runner;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a guest goes, why it waits, and what may be lost. */
class PlacementTest {

    @Test
    void aGuestWhoseLastWriterIsLiveAgainStartsThereInPlaceWithoutPromotion() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.mark();

        cluster.reboot("a");

        assertThat(cluster.startedOn()).isEqualTo("a");
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
    }

    @Test
    void otherwiseTheFreshestReplicaIsPromoted() {
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db());
        cluster.orders.carryOutAll();
        cluster.replicated("db", "b", "c");
        cluster.replicated("db", "c");

        cluster.crashUntilFenced("a");

        assertThat(cluster.last(GuestEvent.PromoteReplica.class).node()).isEqualTo("c");
    }

    @Test
    void amongEquallyFreshReplicasThePreferredNodeWins() {
        Cluster cluster = running(Guests.preferring("a", "c"));

        cluster.crashUntilFenced("a");

        assertThat(cluster.last(GuestEvent.PromoteReplica.class).node()).isEqualTo("c");
    }

    @Test
    void aReplicaOnANodeThatIsNotAllowedIsNoCandidate() {
        Cluster cluster = running(Guests.allowedOn("a", "c"));

        cluster.crashUntilFenced("a");

        assertThat(cluster.last(GuestEvent.PromoteReplica.class).node()).isEqualTo("c");
    }

    @Test
    void newGuestsGoWhereTheFewestAreAndThenByTheOrderOfTheVoters() {
        Cluster cluster = Cluster.ofThree();
        for (String guest : new String[] {"one", "two", "three", "four"}) {
            cluster.declare(Guests.named(guest));
        }

        assertThat(cluster.events(GuestEvent.StartGuest.class))
                .extracting(GuestEvent.StartGuest::node).containsExactly("a", "b", "c", "a");
    }

    @Test
    void theGuestsOfANodeThatFailedAreSharedByTheOthers() {
        // Given two guests on each node, and fresh replicas everywhere
        Cluster cluster = Cluster.ofThree();
        for (String name : List.of("g1", "g2", "g3", "g4", "g5", "g6")) {
            cluster.declare(Guests.named(name));
            cluster.orders.carryOutAll();
        }
        assertThat(cluster.guest("g4").runners()).extracting(Runner::node).containsExactly("a");
        cluster.replicated("g1", "b", "c");
        cluster.replicated("g4", "b", "c");

        // When both guests of a are placed in one turn, before either starts
        cluster.crashUntilFenced("a");

        // Then they do not go to the same node
        assertThat(cluster.events(GuestEvent.PromoteReplica.class))
                .extracting(GuestEvent.PromoteReplica::node)
                .containsExactly("b", "c");
    }

    @Test
    void everyNodeRefusedIsNamedWithItsReason() {
        Cluster cluster = running(Guests.allowedOn("a", "b"));
        cluster.ask(new DrainNode("b"));

        cluster.crashUntilFenced("a");

        assertThat(cluster.last(GuestEvent.GuestWaiting.class).refused()).containsExactly(
                "a is fenced", "b is being drained", "c is not among the nodes allowed");
    }

    @Test
    void aWaitIsFiledOnceAndAgainOnlyWhenItChanges() {
        // Given a guest without any replica whose owner is fenced
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db());
        cluster.orders.carryOutAll();
        cluster.crashUntilFenced("a");
        cluster.mark();

        // When nothing changes, then nothing is repeated
        cluster.beatsFor(Duration.ofMinutes(2));
        assertThat(cluster.events(GuestEvent.GuestWaiting.class)).isEmpty();

        // When the last writer joins again, then the wait is over
        cluster.reboot("a");
        assertThat(cluster.startedOn()).isEqualTo("a");
        assertThat(cluster.db().waiting()).isNull();
    }

    @Test
    void aWaitIsReEvaluatedWhenAReplicaIsReported() {
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db());
        cluster.orders.carryOutAll();
        cluster.crashUntilFenced("a");

        cluster.replicated("db", "b");

        assertThat(cluster.last(GuestEvent.PromoteReplica.class).node()).isEqualTo("b");
    }

    @Test
    void theLossIsTheOwnersLastBeatMinusTheSnapshotPlusOneBeat() {
        // Given a snapshot, then four seconds of the owner's beats, all on its own clock
        Cluster cluster = running(Guests.db());
        cluster.beatsFor(Duration.ofSeconds(4));

        cluster.crashUntilFenced("a");

        assertThat(cluster.last(GuestEvent.PromoteReplica.class).dataLoss())
                .isEqualTo(Duration.ofSeconds(4).plus(Cluster.TIMING.beat()));
    }

    @Test
    void aSnapshotThatIsYoungerThanTheOwnersLastBeatIsNotCalledComplete() {
        // Given an owner that is cut off from the log, goes on writing, and still reaches the others
        Cluster cluster = running(Guests.db());
        cluster.beatsFor(Duration.ofSeconds(2), "b", "c");
        cluster.replicated("db", "b", "c");

        cluster.crashUntilFenced("a");

        assertThat(cluster.last(GuestEvent.PromoteReplica.class).dataLoss()).isEqualTo(Cluster.TIMING.beat());
    }

    @Test
    void aLossBeyondMaxDataLossWaitsForAPersonAndGoesOnWhenItIsAccepted() {
        // Given a guest that may lose two seconds, and five seconds since its last snapshot
        Cluster cluster = running(Guests.losingAtMost(Duration.ofSeconds(2)));
        cluster.beatsFor(Duration.ofSeconds(5));
        cluster.crashUntilFenced("a");
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
        assertThat(cluster.last(GuestEvent.GuestWaiting.class).reason())
                .contains("5500 ms", "maxDataLoss 2000 ms", "bring back a");

        // When it is accepted
        cluster.ask(new AcceptLoss("db"));

        // Then it goes on
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).hasSize(1);
    }

    @Test
    void aLossWithinMaxDataLossNeedsNobody() {
        Cluster cluster = running(Guests.losingAtMost(Duration.ofSeconds(2)));
        cluster.beatsFor(Duration.ofSeconds(1));

        cluster.crashUntilFenced("a");

        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).hasSize(1);
    }

    @Test
    void anAcceptedLossThatWasNotNeededIsNotKeptForTheNextFailover() {
        // Given an accepted loss, and a last writer that came back before it was promoted
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.losingAtMost(Duration.ofSeconds(2)));
        cluster.orders.carryOutAll();
        cluster.crashUntilFenced("a");
        cluster.ask(new AcceptLoss("db"));
        cluster.reboot("a");
        cluster.orders.carryOutAll();

        // When it fails again with more to lose than allowed
        cluster.replicated("db", "b", "c");
        cluster.beatsFor(Duration.ofSeconds(5));
        cluster.crashUntilFenced("a");

        // Then a person is asked again
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
    }

    @Test
    void anAcceptedLossHoldsUntilTheGuestRuns() {
        // Given an accepted loss whose promotion succeeded and whose start was refused
        Cluster cluster = running(Guests.losingAtMost(Duration.ofSeconds(2)));
        cluster.beatsFor(Duration.ofSeconds(5));
        cluster.crashUntilFenced("a");
        cluster.ask(new AcceptLoss("db"));
        cluster.orders.carryOutNext();
        cluster.orders.startFailed("db", true);
        cluster.mark();

        cluster.beatsFor(Duration.ofSeconds(3));

        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).hasSize(1);
    }

    @Test
    void aGuestWhoseNodeWasStoppedWaitsForItOrForAPerson() {
        // Given a node stopped in an orderly way with the newest volume on it
        Cluster cluster = running(Guests.db());
        cluster.orders.crashes("db");
        cluster.lapse("a", Lapsed.Reason.STOPPED);
        cluster.beatsFor(Duration.ofMinutes(5));
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
        assertThat(cluster.last(GuestEvent.GuestWaiting.class).reason()).contains("was stopped; start the node");

        // When the loss is accepted
        cluster.ask(new AcceptLoss("db"));

        // Then it goes on without it
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).hasSize(1);
    }

    @Test
    void aGuestIsNotPromotedElsewhereWhileItsSuspectOrLapsedWriterMayReturn() {
        Cluster cluster = running(Guests.db());
        cluster.orders.crashes("db");
        cluster.lapse("a", Lapsed.Reason.LEASE_EXPIRED);
        cluster.beatsFor(Duration.ofSeconds(5));
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();

        cluster.beatsFor(Cluster.TIMING.silenceUntilFenced());
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).hasSize(1);
    }

    @Test
    void theReceiptTellsThePhasesOfTheOutage() {
        Cluster cluster = running(Guests.db());
        cluster.crashUntilFenced("a");
        cluster.orders.carryOutAll();

        GuestEvent.GuestRecovered receipt = cluster.last(GuestEvent.GuestRecovered.class);
        assertThat(receipt.node()).isEqualTo("b");
        assertThat(receipt.fence()).contains("a/1.1 fenced");
        assertThat(receipt.suspected()).isLessThan(receipt.fenced());
        assertThat(receipt.fenced()).isLessThanOrEqualTo(receipt.promoted());
        assertThat(receipt.promoted()).isLessThanOrEqualTo(receipt.started());
        assertThat(receipt.started()).isLessThanOrEqualTo(receipt.outage());
        assertThat(receipt.dataLoss()).isEqualTo(cluster.last(GuestEvent.PromoteReplica.class).dataLoss());
    }

    private static Cluster running(GuestSpec spec) {
        Cluster cluster = Cluster.ofThree();
        cluster.declare(spec);
        cluster.orders.carryOutAll();
        cluster.replicated("db", "b", "c");
        return cluster;
    }
}
