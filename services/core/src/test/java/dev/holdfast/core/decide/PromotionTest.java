package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.message.OperatorCommand.Switchover;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.GuestPhase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** R11: a volume changes hands only for the outstanding guest, epoch and incarnation. */
class PromotionTest {

    @Test
    void thePromotionThatWasAskedForIsFollowedByTheStartUnderItsEpoch() {
        Cluster cluster = failedOver();
        GuestEvent.PromoteReplica promote = cluster.last(GuestEvent.PromoteReplica.class);

        cluster.orders.promoted(promote);

        GuestEvent.StartGuest start = cluster.last(GuestEvent.StartGuest.class);
        assertThat(start.epoch()).isEqualTo(promote.epoch());
        assertThat(start.node()).isEqualTo(promote.node());
        assertThat(start.newVolume()).isFalse();
    }

    @Test
    void aPromotionOfAnotherEpochIncarnationOrNodeIsIgnored() {
        Cluster cluster = failedOver();
        GuestEvent.PromoteReplica asked = cluster.last(GuestEvent.PromoteReplica.class);
        cluster.mark();

        report(cluster, asked.node(), asked.incarnation(), asked.epoch() - 1, asked);
        report(cluster, asked.node(), asked.incarnation(), asked.epoch() + 1, asked);
        report(cluster, asked.node(), new Incarnation(1, 2), asked.epoch(), asked);
        report(cluster, "a", asked.incarnation(), asked.epoch(), asked);

        assertThat(cluster.events()).isEmpty();
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Promoting.class);
    }

    @Test
    void aTargetThatIsFencedVoidsTheAttemptAndPlacementStartsAgain() {
        Cluster cluster = failedOver("a", "b", "c", "d", "e");
        GuestEvent.PromoteReplica first = cluster.last(GuestEvent.PromoteReplica.class);
        cluster.mark();

        cluster.crash(first.node());
        cluster.report(new FenceReport(first.node(), first.incarnation(), true, "e", "off"));

        assertThat(cluster.last(GuestEvent.AttemptVoid.class).node()).isEqualTo(first.node());
        GuestEvent.PromoteReplica second = cluster.last(GuestEvent.PromoteReplica.class);
        assertThat(second.node()).isNotEqualTo(first.node());
        assertThat(second.epoch()).isGreaterThan(first.epoch());
    }

    @Test
    void aTargetThatComesBackAsANewIncarnationVoidsTheAttempt() {
        Cluster cluster = failedOver();
        GuestEvent.PromoteReplica first = cluster.last(GuestEvent.PromoteReplica.class);
        cluster.mark();

        cluster.restart(first.node());
        cluster.orders.promoted(first);

        assertThat(cluster.events(GuestEvent.AttemptVoid.class)).hasSize(1);
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).epoch()).isGreaterThan(first.epoch());
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();
    }

    @Test
    void theVolumeOfAVoidAttemptIsSetAsideOnceAnotherNodeRuns() {
        // Given a promotion on b that became void, and the guest started on another node
        Cluster cluster = failedOver("a", "b", "c", "d", "e");
        GuestEvent.PromoteReplica first = cluster.last(GuestEvent.PromoteReplica.class);
        cluster.crash(first.node());
        cluster.report(new FenceReport(first.node(), first.incarnation(), true, "e", "off"));
        cluster.orders.carryOutAll();
        cluster.mark();

        // When b comes back
        cluster.reboot(first.node());

        // Then its half-promoted copy is superseded
        assertThat(cluster.last(GuestEvent.SetAside.class).node()).isEqualTo(first.node());
    }

    @Test
    void aFailedPromotionGoesToTheNextReplica() {
        Cluster cluster = failedOver();
        GuestEvent.PromoteReplica first = cluster.last(GuestEvent.PromoteReplica.class);
        cluster.mark();

        cluster.orders.promoteFailed(first);
        cluster.beatsFor(Duration.ofSeconds(3));

        assertThat(cluster.last(GuestEvent.PromoteReplica.class).node()).isNotEqualTo(first.node());
    }

    @Test
    void theLastReplicaIsTriedAgainAfterGrowingWaits() {
        // Given a single replica
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db());
        cluster.orders.carryOutAll();
        cluster.replicated("db", "b");
        cluster.crashUntilFenced("a");

        // When its promotion fails again and again, then each wait is twice the one before, up to a minute
        for (int wait : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            cluster.orders.promoteFailed(cluster.last(GuestEvent.PromoteReplica.class));
            cluster.mark();
            cluster.beatsFor(Duration.ofSeconds(wait));
            assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
            cluster.beatsFor(Duration.ofSeconds(2));
            assertThat(cluster.events(GuestEvent.PromoteReplica.class)).hasSize(1);
        }
    }

    @Test
    void theOldOwnersCopyIsSetAsideWhenItReturnsAndTheCommandIsRepeatedForANewIncarnation() {
        // Given the guest recovered on another node
        Cluster cluster = failedOver();
        cluster.orders.carryOutAll();
        cluster.mark();

        // When the old owner returns, and returns again before it could answer
        cluster.reboot("a");
        GuestEvent.SetAside first = cluster.last(GuestEvent.SetAside.class);
        cluster.beatsFor(Duration.ofSeconds(3));
        assertThat(cluster.events(GuestEvent.SetAside.class)).hasSize(1);
        cluster.reboot("a");

        // Then it is asked once per incarnation
        assertThat(first.node()).isEqualTo("a");
        assertThat(cluster.events(GuestEvent.SetAside.class))
                .extracting(GuestEvent.SetAside::incarnation)
                .containsExactly(new Incarnation(2, 1), new Incarnation(3, 1));

        // When it has answered, then never again
        cluster.orders.carryOutAll();
        cluster.mark();
        cluster.reboot("a");
        assertThat(cluster.events(GuestEvent.SetAside.class)).isEmpty();
    }

    @Test
    void aLateAnswerToAnOlderSetAsideDoesNotForgetAVolumeThatIsLiveAgain() {
        // Given a's copy set aside, and the guest moved back to a
        Cluster cluster = failedOver();
        cluster.orders.carryOutAll();
        cluster.reboot("a");
        GuestEvent.SetAside aside = cluster.last(GuestEvent.SetAside.class);
        cluster.orders.carryOutAll();
        cluster.replicated("db", "a");
        cluster.ask(new Switchover("db", "a"));
        cluster.orders.carryOutAll();
        assertThat(cluster.db().lastWriter().node()).isEqualTo("a");

        // When the old answer comes once more, and the guest crashes
        cluster.report(new ReplicaReport.SetAsideDone("db", "a", aside.incarnation(), aside.epoch(), "aside-1", 1, null));
        cluster.mark();
        cluster.orders.crashes("db");
        cluster.beatsFor(Duration.ofSeconds(3));

        // Then it starts in place, from the newest volume
        assertThat(cluster.startedOn()).isEqualTo("a");
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
    }

    @Test
    void theNodeThatRunsTheGuestIsNeverAskedToSetItsVolumeAside() {
        Cluster cluster = failedOver();
        cluster.orders.carryOutAll();
        cluster.reboot("a");
        cluster.orders.carryOutAll();
        cluster.beatsFor(Duration.ofMinutes(1));

        assertThat(cluster.events(GuestEvent.SetAside.class))
                .extracting(GuestEvent.SetAside::node)
                .doesNotContain(cluster.db().lastWriter().node());
    }

    private static void report(
            Cluster cluster, String node, Incarnation incarnation, long epoch, GuestEvent.PromoteReplica asked) {
        cluster.report(new ReplicaReport.ReplicaPromoted("db", node, incarnation, epoch, asked.minimum()));
    }

    /** The guest ran on a, a is fenced, a replica elsewhere is to be promoted. */
    private static Cluster failedOver(String... voters) {
        Cluster cluster = voters.length == 0 ? Cluster.ofThree() : Cluster.beating(voters);
        cluster.declare(Guests.db());
        cluster.orders.carryOutAll();
        cluster.replicated("db", "b", "c");
        cluster.crashUntilFenced("a");
        return cluster;
    }
}
