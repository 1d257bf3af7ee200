package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.message.OperatorCommand.RequestStart;
import dev.holdfast.core.message.OperatorCommand.RequestStop;
import dev.holdfast.core.message.OperatorCommand.Switchover;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.Move;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which node a guest goes to and why: tried ones are remembered, asked ones honoured, preferred ones gone back to. */
class RelocationTest {

    private static final Duration LONG = Duration.ofSeconds(40);

    @Test
    void aNewGuestIsRelocatedNoMoreOftenThanItsPolicyAllows() {
        // Given one restart and no relocation
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.restarting(policy(1, 0)));

        // When it fails twice where it was put
        failStarts(cluster, 2);

        // Then it is in error, and no other node was tried
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Errored.class);
        assertThat(cluster.events(GuestEvent.StartGuest.class)).allMatch(start -> start.node().equals("a"));
    }

    @Test
    void everyNodeIsTriedWithAllRestartsUntilNoRelocationIsLeft() {
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.restarting(policy(1, 2)));

        failStarts(cluster, 6);

        assertThat(cluster.events(GuestEvent.StartGuest.class)).extracting(GuestEvent.StartGuest::node)
                .containsExactly("a", "a", "b", "b", "c", "c");
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Errored.class);
    }

    @Test
    void onceAllNodesWereTriedTheRelocationsThatAreLeftBeginAnew() {
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.restarting(policy(0, 3)));

        failStarts(cluster, 3);

        assertThat(cluster.events(GuestEvent.StartGuest.class)).extracting(GuestEvent.StartGuest::node)
                .hasSize(4).startsWith("a", "b", "c");
    }

    @Test
    void aGuestThatDoesNotStartWhereAPersonSentItStaysWhereItWas() {
        // Given
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new Switchover("db", "c"));

        // When every start on c fails
        for (int i = 0; i < 3; i++) {
            while (!(cluster.db().phase() instanceof GuestPhase.Starting)) {
                cluster.orders.carryOutNext();
            }
            assertThat(cluster.startedOn()).isEqualTo("c");
            cluster.orders.startFailed("db", false);
            cluster.beatsFor(LONG);
        }

        // Then it runs again where nothing is lost, and that was no relocation
        cluster.orders.carryOutAll();
        assertThat(cluster.startedOn()).isEqualTo("a");
        assertThat(cluster.db().attempts().relocations()).isZero();
        assertThat(cluster.events(GuestEvent.MoveEnded.class)).last()
                .matches(ended -> !ended.arrived() && ended.reason().contains("failed 3 times"));
    }

    @Test
    void aStoppedGuestGoesWhereItWasSentWhenItIsStarted() {
        // Given a guest that never ran
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db().requested(RequestedState.STOPPED));

        // When it is sent somewhere, then nothing starts until it is wanted
        cluster.ask(new Switchover("db", "c"));
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();
        cluster.ask(new RequestStart("db"));
        assertThat(cluster.startedOn()).isEqualTo("c");
        cluster.orders.carryOutAll();
        assertThat(cluster.db().move()).isNull();
    }

    @Test
    void aStoppedGuestThatHasRunTakesItsLastIncrementAlong() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new RequestStop("db"));
        cluster.orders.carryOutAll();

        cluster.ask(new Switchover("db", "c"));
        cluster.ask(new RequestStart("db"));
        cluster.orders.carryOutAll();

        assertThat(cluster.startedOn()).isEqualTo("c");
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).dataLoss()).isZero();
    }

    @Test
    void aGuestGoesBackToWhereItBelongsOnceThatHoldsAReplicaOfThisRunAndTheGuestHasRunForAWhile() {
        // Given a guest that lost its node
        Cluster cluster = belongingToA();
        cluster.crashUntilFenced("a");
        cluster.orders.carryOutAll();
        assertThat(cluster.startedOn()).isEqualTo("b");

        // When that is back, then it takes a replica of what runs now, and a while
        cluster.reboot("a");
        cluster.orders.carryOutAll();
        cluster.mark();
        cluster.beatsFor(Duration.ofSeconds(120));
        assertThat(cluster.events(GuestEvent.MoveBegun.class)).isEmpty();
        cluster.replicated("db", "a", "c");

        assertThat(cluster.last(GuestEvent.MoveBegun.class).move()).isEqualTo(new Move(Move.Purpose.FAILBACK, "a"));
        cluster.orders.carryOutAll();
        assertThat(cluster.startedOn()).isEqualTo("a");
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).dataLoss()).isZero();
    }

    @Test
    void aGuestDoesNotGoBackToWhereItFailed() {
        // Given a guest that left a because it kept failing there
        Cluster cluster = belongingToA();
        for (int i = 0; i < 3; i++) {
            cluster.orders.crashes("db");
            cluster.beatsFor(LONG);
        }
        cluster.orders.carryOutAll();
        assertThat(cluster.startedOn()).isNotEqualTo("a");
        cluster.replicated("db", "a");
        cluster.mark();

        cluster.beatsFor(Duration.ofMinutes(3));

        assertThat(cluster.events(GuestEvent.MoveBegun.class)).isEmpty();
    }

    @Test
    void aGuestIsNotSentToWhereItWouldComeBackFromAtOnce() {
        Cluster cluster = belongingToA();

        cluster.ask(new Switchover("db", "c"));

        assertThat(cluster.last(ClusterEvent.CommandAnswered.class).answer())
                .isEqualTo("db prefers a to c and would go back at once; set nodes.failback=false first");
    }

    @Test
    void aGuestWhoseFirstStartWasLostIsNewAgainIfItsNodeHoldsNothingOfIt() {
        // Given a start that was lost with the life that should have read it
        Cluster cluster = lostFirstStart();
        assertThat(cluster.last(GuestEvent.StartGuest.class).newVolume()).isFalse();

        // When the node says that nothing of the guest is there
        cluster.orders.noVolume("db");
        assertThat(cluster.db().lastWriter()).isNull();
        cluster.beatsFor(LONG);

        // Then it is started as a new one
        assertThat(cluster.last(GuestEvent.StartGuest.class).newVolume()).isTrue();
    }

    @Test
    void aGuestOfWhichAReplicaIsKnownHasRunWhateverItsNodeHolds() {
        Cluster cluster = lostFirstStart();
        cluster.orders.arrived("db", "b", cluster.machine("b").incarnation, cluster.orders.snapshot(1, "a"));

        cluster.orders.noVolume("db");
        cluster.beatsFor(LONG);

        assertThat(cluster.db().lastWriter().node()).isEqualTo("a");
        assertThat(cluster.events(GuestEvent.StartGuest.class).stream().skip(1)).noneMatch(GuestEvent.StartGuest::newVolume);
    }

    @Test
    void aGuestThatWasConfirmedHasRunWhateverItsNodeHolds() {
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db());
        cluster.orders.carryOutAll();
        cluster.restart("a");

        cluster.orders.noVolume("db");
        cluster.beatsFor(LONG);

        assertThat(cluster.db().lastWriter()).isNotNull();
        assertThat(cluster.last(GuestEvent.StartGuest.class).newVolume()).isFalse();
    }

    private static Cluster lostFirstStart() {
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db());
        cluster.orders.forgetAll();
        cluster.restart("a");
        assertThat(cluster.startedOn()).isEqualTo("a");
        return cluster;
    }

    private static Cluster belongingToA() {
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.belongingOn("a"));
        cluster.orders.carryOutAll();
        cluster.replicated("db", "b", "c");
        return cluster;
    }

    private static void failStarts(Cluster cluster, int times) {
        for (int i = 0; i < times; i++) {
            cluster.orders.startFailed("db", false);
            cluster.beatsFor(LONG);
        }
    }

    private static RestartPolicy policy(int restarts, int relocations) {
        return new RestartPolicy(
                restarts, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(30), relocations,
                Duration.ofHours(1));
    }
}
