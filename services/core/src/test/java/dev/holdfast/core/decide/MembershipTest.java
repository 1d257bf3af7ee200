package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.OperatorCommand.AcceptLoss;
import dev.holdfast.core.message.OperatorCommand.ConfirmOff;
import dev.holdfast.core.message.OperatorCommand.Switchover;
import dev.holdfast.core.state.Liveness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Nodes that are added and removed: what a node can do that is no voter, and what it cannot. */
class MembershipTest {

    private static final Duration T = Cluster.TIMING.silenceUntilFenced().plusSeconds(3);

    private final Cluster cluster = Cluster.withDbOnAAndNonVoter();

    @Test
    void aNodeThatWasAddedIsLiveAndOwnsAGuestWhenItHoldsACopy() {
        assertThat(cluster.node("d").liveness()).isEqualTo(Liveness.LIVE);

        cluster.ask(new Switchover("db", "d"));
        cluster.orders.carryOutAll();

        assertThat(cluster.startedOn()).isEqualTo("d");
    }

    @Test
    void itIsFencedByTheVotersAsAnyOtherAndItsGuestGoesOn() {
        cluster.ask(new Switchover("db", "d"));
        cluster.orders.carryOutAll();
        cluster.replicated("db", "a", "b", "c");

        cluster.crashUntilFenced("d");
        cluster.orders.carryOutAll();

        assertThat(cluster.startedOn()).isIn("a", "b", "c");
    }

    @Test
    void itsBeatsAreNoTestimony() {
        cluster.crash("a");
        cluster.beatsFor(T);

        assertThat(cluster.decisions())
                .filteredOn(decision -> decision.event() instanceof NodeEvent.NodeFenced)
                .flatExtracting(decision -> decision.cause().evidence())
                .extracting(Evidence::witness)
                .containsExactly("b", "c");
    }

    @Test
    void itReplacesNoWitness() {
        cluster.crash("a", "c");
        cluster.beatsFor(T.multipliedBy(2));

        assertThat(cluster.events(NodeEvent.NodeFenced.class)).isEmpty();
        assertThat(cluster.node("a").bases()).doesNotContainKey("d");
    }

    @Test
    void itCountsInNoMajority() {
        cluster.lapse("b", Lapsed.Reason.LEASE_EXPIRED);
        cluster.lapse("c", Lapsed.Reason.LEASE_EXPIRED);

        assertThat(cluster.node("d").isLive()).isTrue();
        assertThat(cluster.state().suspended()).isTrue();
    }

    @Test
    void itsSilenceIsNoReasonToStopDeciding() {
        cluster.crashUntilFenced("d");

        assertThat(cluster.state().suspended()).isFalse();
    }

    @Test
    void aNodeThatMayStillActIsNotRemoved() {
        assertThat(refusal()).contains("d is live", "node stop d");
        cluster.crash("d");
        cluster.beatsFor(Duration.ofSeconds(4));
        assertThat(refusal()).contains("d is suspect");

        cluster.ask(new ConfirmOff("d"));
        cluster.members();

        assertThat(cluster.state().isNode("d")).isFalse();
    }

    @Test
    void whatIsNowhereElseIsNotGivenUpByTheWay() {
        Cluster lonely = Cluster.ofThree();
        lonely.members("d");
        lonely.beatsFor(Duration.ofSeconds(2));
        lonely.declare(Guests.allowedOn("d"));
        lonely.orders.carryOutAll();
        assertThat(lonely.startedOn()).isEqualTo("d");
        lonely.crashUntilFenced("d");

        lonely.members();
        assertThat(lonely.last(ClusterEvent.SettingsRefused.class).reason()).contains("the newest data of db is on d");

        lonely.ask(new AcceptLoss("db"));
        lonely.members();
        assertThat(lonely.state().isNode("d")).isFalse();
    }

    @Test
    void whatItHeldCountsForNothingOnceItIsRemovedAndItsBeatsAreRefused() {
        assertThat(cluster.db().replicas()).containsKey("d");
        cluster.crashUntilFenced("d");
        cluster.members();

        assertThat(cluster.db().replicas()).doesNotContainKey("d");
        cluster.reboot("d");
        assertThat(cluster.last(NodeEvent.BeatRefused.class).reason()).contains("no node of that name");
        cluster.mark();
        cluster.crashUntilFenced("a");
        cluster.orders.carryOutAll();
        assertThat(cluster.events(GuestEvent.StartGuest.class)).singleElement()
                .satisfies(start -> assertThat(start.node()).isIn("b", "c"));
    }

    @Test
    void aNameIsUsedOnceAndAVoterIsNeitherAddedNorRemoved() {
        cluster.crashUntilFenced("d");
        cluster.members();
        cluster.beatsFor(Duration.ofSeconds(2));

        cluster.members("d");

        assertThat(cluster.last(ClusterEvent.SettingsRefused.class).reason()).contains("take a name that was never used");
        assertThat(cluster.state().settings().voters()).containsExactly("a", "b", "c");
    }

    @Test
    void aFrozenClusterThawsOnlyWhenItIsKnownWhatItRuns() {
        cluster.crash("d");
        cluster.logLoses(1);
        cluster.beatsFor(Duration.ofSeconds(2), "a", "b", "c");
        assertThat(cluster.state().frozen()).isNotNull();

        cluster.beatsFor(T.minusSeconds(5), "a", "b", "c");
        assertThat(cluster.state().frozen()).isNotNull();
        cluster.beatsFor(T, "a", "b", "c");

        assertThat(cluster.node("d").liveness()).isEqualTo(Liveness.FENCED);
        assertThat(cluster.state().frozen()).isNull();
    }

    private String refusal() {
        cluster.members();
        return cluster.last(ClusterEvent.SettingsRefused.class).reason();
    }
}
