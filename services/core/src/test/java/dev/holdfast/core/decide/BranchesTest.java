package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.message.OperatorCommand.DropDivergent;
import dev.holdfast.core.message.OperatorCommand.RequestStop;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.state.Replication.Branch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Divergent branches: listed until they are deleted, and deleted by nobody but a person or the policy. */
class BranchesTest {

    @Test
    void aBranchIsKnownUntilItsNodeReportsItGone() {
        Cluster cluster = withBranchOnA(null);
        assertThat(branch(cluster)).satisfies(branch -> {
            assertThat(branch.node()).isEqualTo("a");
            assertThat(branch.aside()).isEqualTo("aside-1");
            assertThat(branch.bytes()).isEqualTo(42);
            assertThat(branch.from()).isEqualTo(cluster.db().promotedFrom());
        });

        cluster.ask(new DropDivergent("db", "a", "aside-1"));
        assertThat(cluster.db().replication().branches()).hasSize(1);
        cluster.orders.carryOutAll();

        assertThat(cluster.db().replication().branches()).isEmpty();
        assertThat(cluster.last(GuestEvent.AsideDropped.class).aside()).isEqualTo("aside-1");
    }

    @Test
    void aBranchThatIsNotThereIsRefusedWithTheListOfThoseThatAre() {
        Cluster cluster = withBranchOnA(null);

        cluster.ask(new DropDivergent("db", "b", "aside-1"));

        assertThat(cluster.last(ClusterEvent.CommandAnswered.class).answer())
                .isEqualTo("no divergent branch 'aside-1' of db on b; there is aside-1 on a");
    }

    @Test
    void byDefaultABranchIsKeptForEver() {
        Cluster cluster = withBranchOnA(null);

        cluster.beatsFor(Duration.ofHours(2));

        assertThat(cluster.events(GuestEvent.DropAside.class)).isEmpty();
    }

    @Test
    void thePolicyDeletesABranchOnceItsTimeIsOver() {
        Cluster cluster = withBranchOnA(Duration.ofHours(1));
        cluster.beatsFor(Duration.ofMinutes(59));
        assertThat(cluster.events(GuestEvent.DropAside.class)).isEmpty();

        cluster.beatsFor(Duration.ofMinutes(2));

        assertThat(cluster.events(GuestEvent.DropAside.class)).singleElement().satisfies(order ->
                assertThat(order.why()).isEqualTo("keepDivergent is 1 h"));
        assertThat(cluster.decisions()).filteredOn(decision -> decision.event() instanceof GuestEvent.DropAside)
                .extracting(Decision::cause).allSatisfy(cause -> assertThat(cause.rule()).isEqualTo(Rule.RETENTION));
    }

    @Test
    void nothingExpiresWhileTheGuestStandsStill() {
        Cluster cluster = withBranchOnA(Duration.ofHours(1));
        cluster.ask(new RequestStop("db"));
        cluster.orders.carryOutAll();

        cluster.beatsFor(Duration.ofHours(2));

        assertThat(cluster.events(GuestEvent.DropAside.class)).isEmpty();
    }

    @Test
    void anOrderThatIsLostWithItsNodesLifeIsGivenToTheNextOne() {
        Cluster cluster = withBranchOnA(null);
        cluster.ask(new DropDivergent("db", "a", "aside-1"));
        cluster.orders.forgetAll();
        cluster.beatsFor(Duration.ofSeconds(10));
        assertThat(cluster.events(GuestEvent.DropAside.class)).hasSize(1);

        cluster.restart("a");
        cluster.beatsFor(Duration.ofSeconds(2));
        cluster.orders.carryOutAll();

        assertThat(cluster.db().replication().branches()).isEmpty();
    }

    @Test
    void aDeletionThatFailedSaysWhyAndIsNotTriedAgainByItself() {
        Cluster cluster = withBranchOnA(null);
        cluster.ask(new DropDivergent("db", "a", "aside-1"));
        cluster.orders.forgetAll();

        cluster.report(new ReplicaReport.DropAsideFailed(
                "db", "a", cluster.machine("a").incarnation, "aside-1", "read-only file system"));
        cluster.beatsFor(Duration.ofSeconds(10));

        assertThat(branch(cluster).dropFailure()).isEqualTo("read-only file system");
        assertThat(cluster.events(GuestEvent.DropAside.class)).hasSize(1);
    }

    /** The guest was recovered on another node, and a is back with what never left it. */
    private static Cluster withBranchOnA(Duration keepDivergent) {
        Cluster cluster = Cluster.ofThree();
        cluster.declare(keeping(keepDivergent));
        cluster.orders.carryOutAll();
        cluster.replicated("db", "b", "c");
        cluster.crashUntilFenced("a");
        cluster.orders.carryOutAll();
        cluster.reboot("a");
        cluster.beatsFor(Duration.ofSeconds(2));
        cluster.orders.carryOutAll();
        cluster.mark();
        return cluster;
    }

    private static GuestSpec keeping(Duration keepDivergent) {
        GuestSpec db = Guests.db();
        ReplicationPolicy usual = ReplicationPolicy.DEFAULT;
        return new GuestSpec(
                db.name(), db.command(), db.environment(), db.volume(), db.address(), db.port(), db.probe(), db.restart(),
                new ReplicationPolicy(
                        usual.interval(), usual.maxPause(), usual.keep(), usual.keepTargets(), keepDivergent, null),
                db.maxDataLoss(), db.requestedState(), db.nodes(), db.stopGrace());
    }

    private static Branch branch(Cluster cluster) {
        return cluster.db().replication().branches().getFirst();
    }
}
