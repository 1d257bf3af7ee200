package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.OperatorCommand.DrainNode;
import dev.holdfast.core.message.OperatorCommand.RequestStart;
import dev.holdfast.core.message.OperatorCommand.RequestStop;
import dev.holdfast.core.message.OperatorCommand.Switchover;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.GuestPhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaving a live node: stop, last increment, promote exactly that, start. Interrupted after each step. */
class MoveTest {

    @Test
    void aSwitchoverToANamedNodeLosesNothing() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.mark();

        cluster.ask(new Switchover("db", "c"));
        cluster.orders.carryOutAll();

        assertThat(cluster.startedOn()).isEqualTo("c");
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).dataLoss()).isZero();
        assertThat(cluster.last(GuestEvent.MoveEnded.class).arrived()).isTrue();
        assertThat(cluster.last(GuestEvent.GuestRecovered.class).dataLoss()).isZero();
        assertThat(cluster.last(GuestEvent.SetAside.class).node()).isEqualTo("a");
        assertThat(cluster.events(GuestEvent.StartGuest.class)).hasSize(1);
    }

    @Test
    void aSwitchoverToAnyNodeLetsPlacementChoose() {
        Cluster cluster = Cluster.withDbOnA();

        cluster.ask(new Switchover("db", null));
        cluster.orders.carryOutAll();

        assertThat(cluster.startedOn()).isEqualTo("b");
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Running.class);
    }

    @Test
    void theTargetMustHoldExactlyTheLastSnapshotBeforeItIsPromoted() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new Switchover("db", "c"));
        cluster.orders.carryOutNext();
        GuestEvent.ReplicateFinal order = cluster.last(GuestEvent.ReplicateFinal.class);

        // When an older one arrives, then nothing follows
        cluster.replicated("db", "c");
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();

        // When the target's report overtakes the owner's, then the promotion follows the later of the two
        Snapshot last = cluster.orders.snapshot(order.epoch(), "a");
        cluster.orders.arrived("db", "c", order.targetIncarnation(), last);
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
        cluster.report(new ReplicaReport.SnapshotTaken("db", "a", order.incarnation(), last, 0, true));
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).minimum()).isEqualTo(last);
    }

    @Test
    void theLastSnapshotOfAnOlderHandOverIsNotThisOnes() {
        // Given a hand-over that was given up after its last snapshot, and a guest that ran on
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new Switchover("db", "c"));
        cluster.orders.carryOutNext();
        GuestEvent.ReplicateFinal first = cluster.last(GuestEvent.ReplicateFinal.class);
        Snapshot old = cluster.orders.takeLast(first);
        cluster.orders.arrived("db", "c", first.targetIncarnation(), old);
        cluster.orders.forgetAll();
        cluster.restart("c");
        cluster.ask(new RequestStop("db"));
        cluster.ask(new RequestStart("db"));
        cluster.orders.carryOutAll();

        // When it is handed over again and the old report is read once more
        cluster.ask(new Switchover("db", "b"));
        while (!(cluster.db().phase() instanceof GuestPhase.Handing)) {
            cluster.orders.carryOutNext();
        }
        cluster.orders.forgetAll();
        GuestEvent.ReplicateFinal second = cluster.last(GuestEvent.ReplicateFinal.class);
        cluster.mark();
        cluster.orders.arrived("db", "b", second.targetIncarnation(), old);
        cluster.report(new ReplicaReport.SnapshotTaken("db", "a", first.incarnation(), old, 0, true));

        // Then it is not promoted
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whenTheTargetDiesBeforeItIsToldToStartTheGuestRunsAgainWithoutLoss(int steps) {
        Cluster cluster = interrupted(steps);

        cluster.crashUntilFenced("c");
        settle(cluster);

        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Running.class);
        assertThat(cluster.db().runners()).hasSize(1);
        assertThat(cluster.db().runners().getFirst().node()).isNotEqualTo("c");
        assertThat(cluster.events(GuestEvent.PromoteReplica.class))
                .allMatch(promote -> promote.dataLoss() != null && promote.dataLoss().isZero());
    }

    @Test
    void whenTheTargetDiesWithoutAWordAfterItWasToldToStartTheGuestIsPromotedFromItsLastSnapshotWithUnknownLoss() {
        // Given a target that may have started the guest and taken writes
        Cluster cluster = interrupted(3);
        Snapshot last = cluster.last(GuestEvent.PromoteReplica.class).minimum();

        cluster.crashUntilFenced("c");
        settle(cluster);

        // Then what is promoted is the last snapshot where it was taken, and nobody is told that nothing is lost
        GuestEvent.PromoteReplica promote = cluster.last(GuestEvent.PromoteReplica.class);
        assertThat(promote.node()).isEqualTo("a");
        assertThat(promote.minimum()).isEqualTo(last);
        assertThat(promote.dataLoss()).isNull();
        assertThat(cluster.startedOn()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whenTheSourceDiesAfterAnyStepTheGuestRunsOnAnotherNode(int steps) {
        Cluster cluster = interrupted(steps);

        cluster.crashUntilFenced("a");
        settle(cluster);

        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Running.class);
        assertThat(cluster.db().runners()).hasSize(1);
        assertThat(cluster.db().runners().getFirst().node()).isNotEqualTo("a");
        assertThat(cluster.db().move()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whenBothRestartAfterAnyStepTheGuestRunsAgainWithoutLoss(int steps) {
        Cluster cluster = interrupted(steps);

        cluster.restart("a");
        cluster.restart("c");
        settle(cluster);

        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Running.class);
        assertThat(cluster.events(GuestEvent.PromoteReplica.class))
                .allMatch(promote -> promote.dataLoss() != null && promote.dataLoss().isZero());
    }

    @Test
    void aHandOverThatKeepsFailingIsGivenUpAndTheGuestStaysWhereItWas() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new Switchover("db", "c"));
        cluster.orders.carryOutNext();

        for (int i = 1; i <= 3; i++) {
            cluster.report(new ReplicaReport.ReplicationFailed(
                    "db", "a", cluster.machine("a").incarnation, "c", "disk full", i));
            cluster.beatsFor(Duration.ofSeconds(10));
        }

        assertThat(cluster.last(GuestEvent.MoveEnded.class).arrived()).isFalse();
        assertThat(cluster.startedOn()).isEqualTo("a");
    }

    @Test
    void aDrainedNodeGivesItsGuestsAwayAndGetsNone() {
        Cluster cluster = Cluster.withDbOnA();

        cluster.ask(new DrainNode("a"));
        cluster.orders.carryOutAll();
        cluster.declare(Guests.named("web"));

        assertThat(cluster.db().runners()).extracting(Runner::node).containsExactly("b");
        assertThat(cluster.guest("web").runners()).extracting(Runner::node).containsExactly("c");
    }

    @Test
    void aGuestThatNobodyCanTakeStaysOnTheNodeThatIsDrainedAndSaysWhy() {
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db());
        cluster.orders.carryOutAll();
        cluster.mark();

        cluster.ask(new DrainNode("a"));
        cluster.beatsFor(Duration.ofMinutes(1));

        assertThat(cluster.events(GuestEvent.StopGuest.class)).isEmpty();
        assertThat(cluster.events(GuestEvent.GuestWaiting.class)).hasSize(1);
        assertThat(cluster.last(GuestEvent.GuestWaiting.class).refused())
                .contains("b holds no replica", "c holds no replica");
    }

    @Test
    void aSecondSwitchoverWhileOneIsUnderWayIsRefused() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new Switchover("db", "c"));

        cluster.ask(new Switchover("db", "b"));

        assertThat(cluster.last(ClusterEvent.CommandAnswered.class).accepted()).isFalse();
        cluster.orders.carryOutAll();
        assertThat(cluster.startedOn()).isEqualTo("c");
    }

    /** A switchover to c after so many steps: stop, last increment, promote, start. */
    private static Cluster interrupted(int steps) {
        Cluster cluster = Cluster.withDbOnA();
        cluster.mark();
        cluster.ask(new Switchover("db", "c"));
        for (int i = 0; i < steps; i++) {
            cluster.orders.carryOutNext();
        }
        List<Class<?>> phases = List.of(
                GuestPhase.Stopping.class, GuestPhase.Handing.class, GuestPhase.Promoting.class,
                GuestPhase.Starting.class);
        assertThat(cluster.db().phase()).isInstanceOf(phases.get(steps));
        return cluster;
    }

    private static void settle(Cluster cluster) {
        for (int i = 0; i < 5; i++) {
            cluster.orders.carryOutAll();
            cluster.beatsFor(Duration.ofSeconds(5));
        }
    }
}
