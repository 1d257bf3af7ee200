package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.OperatorCommand.BeginMaintenance;
import dev.holdfast.core.message.OperatorCommand.EndMaintenance;
import dev.holdfast.core.message.OperatorCommand.RequestIgnore;
import dev.holdfast.core.message.OperatorCommand.RequestStart;
import dev.holdfast.core.message.OperatorCommand.RequestStop;
import dev.holdfast.core.message.OperatorCommand.ShutdownNode;
import dev.holdfast.core.node.ShutdownPolicy;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that are to be stopped in an orderly way, and nodes in maintenance. */
class ShutdownTest {

    @ParameterizedTest
    @CsvSource({"CONDITIONAL, true, FREEZE", "CONDITIONAL, false, FAILOVER", "MIGRATE, true, MIGRATE",
        "FAILOVER, true, FAILOVER", "FREEZE, false, FREEZE"})
    void aConditionalShutdownFreezesForARebootAndFailsOverOtherwise(
            ShutdownPolicy asked, boolean reboot, ShutdownPolicy decided) {
        Cluster cluster = Cluster.withDbOnA();

        cluster.ask(new ShutdownNode("a", asked, reboot));

        assertThat(cluster.last(NodeEvent.NodeShuttingDown.class).policy()).isEqualTo(decided);
        assertThat(Candidates.refusalOfNode(cluster.state(), cluster.db(), "a")).isEqualTo("a is being shut down");
    }

    @ParameterizedTest
    @CsvSource({"MIGRATE", "FAILOVER"})
    void guestsLeaveWithoutLossAndHoldTheNodeUntilTheirLastIncrementHasArrived(ShutdownPolicy policy) {
        // Given
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new ShutdownNode("a", policy, false));
        assertThat(Departure.holding(cluster.state(), "a")).hasSize(1);

        // When it has stopped, then its node is needed as much as before
        cluster.orders.carryOutNext();
        assertThat(cluster.db().runners()).isEmpty();
        assertThat(Departure.holding(cluster.state(), "a")).hasSize(1);

        // When the last increment is there
        cluster.orders.carryOutNext();
        assertThat(Departure.holding(cluster.state(), "a")).isEmpty();
        cluster.orders.carryOutAll();
        assertThat(cluster.startedOn()).isEqualTo("b");
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).dataLoss()).isZero();
    }

    @Test
    void whatIsFrozenStopsAndStartsInPlaceWhenItsNodeIsBack() {
        // Given
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new ShutdownNode("a", ShutdownPolicy.FREEZE, true));
        cluster.orders.carryOutAll();
        assertThat(Departure.holding(cluster.state(), "a")).isEmpty();

        // When the node is away for long, then the guest waits for it
        cluster.lapse("a", Lapsed.Reason.STOPPED);
        cluster.beatsFor(Duration.ofMinutes(10), "b", "c");
        assertThat(cluster.db().waiting().reason()).contains("which was stopped");
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();

        // When it is back
        cluster.mark();
        cluster.reboot("a");
        assertThat(cluster.startedOn()).isEqualTo("a");
        assertThat(cluster.node("a").shutdown()).isNull();
    }

    @Test
    void whatNoNodeCanTakeRunsOnUnderMigrateAndHoldsTheNode() {
        Cluster cluster = onlyOnA();

        cluster.ask(new ShutdownNode("a", ShutdownPolicy.MIGRATE, false));
        cluster.beatsFor(Duration.ofMinutes(1));

        assertThat(cluster.events(GuestEvent.StopGuest.class)).isEmpty();
        assertThat(Departure.holding(cluster.state(), "a")).extracting(GuestState::name).containsExactly("db");
        assertThat(cluster.db().waiting().reason()).contains("being shut down");
    }

    @Test
    void whatNoNodeCanTakeStopsUnderFailoverAndIsRecoveredFromAReplicaOnceTheNodeHasStopped() {
        // Given a guest that may run anywhere, with no other node that takes it at the moment
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new BeginMaintenance("b"));
        cluster.ask(new BeginMaintenance("c"));

        // When
        cluster.ask(new ShutdownNode("a", ShutdownPolicy.FAILOVER, false));
        cluster.orders.carryOutAll();
        assertThat(Departure.holding(cluster.state(), "a")).isEmpty();
        cluster.lapse("a", Lapsed.Reason.STOPPED);
        cluster.ask(new EndMaintenance("c"));

        // Then what was not sent is lost, and said to be
        GuestEvent.PromoteReplica promotion = cluster.last(GuestEvent.PromoteReplica.class);
        assertThat(promotion.node()).isEqualTo("c");
        assertThat(promotion.dataLoss()).isPositive();
    }

    @Test
    void whatWasStoppedBeforeAFailoverLosesNothingByIt() {
        // Given a guest that a person stopped, and whose last writes are on its node alone
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new RequestStop("db"));
        cluster.orders.carryOutAll();
        cluster.ask(new ShutdownNode("a", ShutdownPolicy.FAILOVER, false));
        cluster.lapse("a", Lapsed.Reason.STOPPED);

        // When it is wanted again
        cluster.ask(new RequestStart("db"));

        // Then it waits for its volume, or for a person
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
        assertThat(cluster.db().waiting().reason()).contains("which was stopped");
    }

    @Test
    void whatIsIgnoredHoldsNoNode() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new RequestIgnore("db"));

        cluster.ask(new ShutdownNode("a", ShutdownPolicy.MIGRATE, false));

        assertThat(cluster.events(GuestEvent.StopGuest.class)).isEmpty();
        assertThat(Departure.holding(cluster.state(), "a")).isEmpty();
    }

    @Test
    void maintenanceOutlivesTheIncarnation() {
        // Given
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new BeginMaintenance("a"));
        cluster.orders.carryOutAll();
        assertThat(cluster.startedOn()).isEqualTo("b");

        // When the node comes back, then it takes nothing, not even if all others are gone
        cluster.reboot("a");
        cluster.mark();
        cluster.ask(new BeginMaintenance("b"));
        cluster.orders.carryOutAll();
        assertThat(cluster.startedOn()).isEqualTo("c");

        // When it is over
        assertThat(cluster.node("a").maintenance()).isTrue();
        cluster.ask(new EndMaintenance("a"));
        assertThat(cluster.node("a").takesGuests()).isTrue();
    }

    @Test
    void aNodeThatIsDownCanBePutIntoMaintenanceAndAnUnknownOneCannot() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.crashUntilFenced("c");

        cluster.ask(new BeginMaintenance("c"));
        assertThat(cluster.last(ClusterEvent.CommandAnswered.class).accepted()).isTrue();
        cluster.ask(new BeginMaintenance("x"));
        assertThat(cluster.last(ClusterEvent.CommandAnswered.class).answer()).startsWith("no node 'x'");
        cluster.ask(new EndMaintenance("b"));
        assertThat(cluster.last(ClusterEvent.CommandAnswered.class).accepted()).isFalse();
        cluster.ask(new ShutdownNode("c", ShutdownPolicy.MIGRATE, false));
        assertThat(cluster.last(ClusterEvent.CommandAnswered.class).answer()).isEqualTo("c is fenced");
    }

    private static Cluster onlyOnA() {
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.allowedOn("a"));
        cluster.orders.carryOutAll();
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Running.class);
        return cluster;
    }
}
