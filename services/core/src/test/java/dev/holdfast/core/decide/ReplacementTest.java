package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.OperatorCommand.AcceptLoss;
import dev.holdfast.core.message.OperatorCommand.ReplaceNode;
import dev.holdfast.core.message.OperatorCommand.RequestStart;
import dev.holdfast.core.message.OperatorCommand.RequestStop;
import dev.holdfast.core.message.OperatorCommand.Switchover;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.Replaced;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another machine takes the place of a node: it holds nothing, and what the one before held is gone. */
class ReplacementTest {

    private static final Incarnation FIRST = new Incarnation(1_000, 1);

    @Test
    void onlyANodeThatIsFencedCanBeReplaced() {
        Cluster cluster = Cluster.withDbOnA();

        assertThat(refused(cluster, "a")).contains("a is live", "fence confirm a");
        cluster.crash("a");
        cluster.beatsFor(Duration.ofSeconds(4));
        assertThat(refused(cluster, "a")).contains("a is suspect");
        cluster.lapse("b", Lapsed.Reason.STOPPED);
        assertThat(refused(cluster, "b")).contains("b is stopped");
        assertThat(refused(cluster, "x")).contains("no node 'x'");
        assertThat(refused(Cluster.initialised("a", "b", "c"), "a")).contains("has never beaten");
    }

    @Test
    void whatIsOnADiskIsNotGivenUpWhileNobodyCanTellWhatElseThereIs() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.crashUntilFenced("a");
        cluster.lapse("b", Lapsed.Reason.LEASE_EXPIRED);

        assertThat(refused(cluster, "a")).contains("less than a majority");
    }

    @Test
    void theOnlyCopyIsNotGivenUpByTheWay() {
        // Given a guest that was never copied
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db());
        cluster.orders.carryOutAll();
        cluster.crashUntilFenced("a");
        assertThat(refused(cluster, "a")).contains("no other node holds a copy of db");

        // When somebody gives it up
        cluster.ask(new AcceptLoss("db"));
        replace(cluster, "a");

        // Then it waits, and is never made anew on whatever comes
        cluster.mark();
        begin(cluster, "a");
        cluster.beatsFor(Duration.ofMinutes(1));
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();
        assertThat(cluster.db().waiting().reason()).contains("the machine of a, which wrote last, was replaced");
    }

    @Test
    void itsCopiesAndBranchesAreForgottenWithIt() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.crashUntilFenced("c");
        assertThat(cluster.db().replicas()).containsOnlyKeys("b", "c");

        replace(cluster, "c");

        assertThat(cluster.db().replicas()).containsOnlyKeys("b");
        assertThat(cluster.node("c").replaced()).isEqualTo(new Replaced("new-c", 1_000));
        assertThat(cluster.node("c").liveness()).isEqualTo(Liveness.FENCED);
    }

    @Test
    void theMachineThatTakesTheLastWritersPlaceIsNotTakenForIt() {
        // Given db's newest copy is older than its owner allows
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.losingAtMost(Duration.ofSeconds(1)));
        cluster.orders.carryOutAll();
        cluster.replicated("db", "b", "c");
        cluster.beatsFor(Duration.ofSeconds(30));
        cluster.crashUntilFenced("a");
        assertThat(cluster.db().waiting().reason()).contains("would lose");

        // When another machine is a, and live
        replace(cluster, "a");
        cluster.mark();
        begin(cluster, "a");
        cluster.beatsFor(Duration.ofMinutes(1));

        // Then db is not started there, where its volume was, and waits as before
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();
        assertThat(cluster.db().waiting().reason()).contains("would lose");

        // When somebody accepts the loss
        cluster.ask(new AcceptLoss("db"));
        cluster.orders.carryOutAll();
        assertThat(cluster.startedOn()).isIn("b", "c");
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).dataLoss()).isGreaterThan(Duration.ofSeconds(30));
    }

    @Test
    void whereItWasIsNoPlaceToStartAStoppedGuestBeforeACopyIsThere() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new RequestStop("db"));
        cluster.orders.carryOutAll();
        cluster.crashUntilFenced("a");
        replace(cluster, "a");
        begin(cluster, "a");
        cluster.beatsFor(Duration.ofSeconds(2));

        cluster.ask(new Switchover("db", "a"));
        assertThat(cluster.last(ClusterEvent.CommandAnswered.class).answer()).isEqualTo("a holds no replica");
        cluster.ask(new RequestStart("db"));
        cluster.orders.carryOutAll();
        assertThat(cluster.startedOn()).isIn("b", "c");
    }

    @Test
    void aReplacedNodeGetsACopyBeforeItMayOwnAGuest() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.crashUntilFenced("b");
        replace(cluster, "b");
        begin(cluster, "b");
        cluster.beatsFor(Duration.ofSeconds(1));
        assertThat(Candidates.refusalOf(cluster.state(), cluster.db(), "b")).isEqualTo("b holds no replica");

        cluster.replicated("db", "b");

        assertThat(Candidates.refusalOf(cluster.state(), cluster.db(), "b")).isNull();
    }

    @Test
    void whatTheMachineBeforeReportedLateIsNotThereAnyMore() {
        Cluster cluster = Cluster.withDbOnA();
        Snapshot newest = cluster.orders.snapshot(cluster.db().lastWriter().epoch(), "a");
        cluster.crashUntilFenced("b");
        Incarnation before = cluster.machine("b").incarnation;
        replace(cluster, "b");

        cluster.orders.arrived("db", "b", before, newest);
        assertThat(cluster.db().replicas()).containsOnlyKeys("c");

        begin(cluster, "b");
        cluster.orders.arrived("db", "b", FIRST, newest);
        assertThat(cluster.db().replicas()).containsOnlyKeys("b", "c");
    }

    @Test
    void theMachineBeforeIsRefusedForEver() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.crashUntilFenced("b");
        replace(cluster, "b");
        cluster.mark();

        cluster.reboot("b");

        assertThat(cluster.last(NodeEvent.BeatRefused.class).reason()).contains("its machine was replaced");
        assertThat(cluster.node("b").liveness()).isEqualTo(Liveness.FENCED);
        assertThat(cluster.node("b").incarnation()).isEqualTo(new Incarnation(1, 1));
    }

    @Test
    void aNodeCanBeReplacedAgainAndItsBootsAreCountedByTheThousand() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.crashUntilFenced("b");
        replace(cluster, "b");
        assertThat(refused(cluster, "b")).contains("cannot take its own place");

        // A machine that never beat
        cluster.ask(new ReplaceNode("b", "third"));
        assertThat(cluster.node("b").replaced()).isEqualTo(new Replaced("third", 2_000));
    }

    /** Why it was refused. */
    private static String refused(Cluster cluster, String node) {
        cluster.ask(new ReplaceNode(node, "new-" + node));
        ClusterEvent.CommandAnswered answer = cluster.last(ClusterEvent.CommandAnswered.class);
        assertThat(answer.accepted()).isFalse();
        return answer.answer();
    }

    private static void replace(Cluster cluster, String node) {
        cluster.ask(new ReplaceNode(node, "new-" + node));
        assertThat(cluster.last(ClusterEvent.CommandAnswered.class).accepted()).isTrue();
        List<NodeEvent.NodeReplaced> replaced = cluster.events(NodeEvent.NodeReplaced.class);
        assertThat(replaced.getLast().boot()).isEqualTo(1_000);
    }

    /** The new machine beats for the first time. */
    private static void begin(Cluster cluster, String node) {
        Machine machine = cluster.machine(node);
        machine.reboot(cluster.world());
        machine.incarnation = FIRST;
        machine.bootId = "of the new machine";
        cluster.beat(node);
        assertThat(cluster.node(node).liveness()).isEqualTo(Liveness.LIVE);
    }
}
