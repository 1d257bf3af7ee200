package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.OperatorCommand.DrainNode;
import dev.holdfast.core.message.Unreadable;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Majority and settings: may anything be decided, and by what. */
class QuorumTest {

    @Test
    void decisionsAreSuspendedUntilAMajorityOfTheVotersIsLive() {
        Cluster cluster = Cluster.initialised("a", "b", "c");
        assertThat(cluster.events(ClusterEvent.DecisionsSuspended.class)).hasSize(1);

        cluster.beat("a");
        cluster.declare(Guests.db());
        assertThat(cluster.last(GuestEvent.GuestWaiting.class).reason()).contains("majority");

        cluster.beat("b");
        assertThat(cluster.events(ClusterEvent.DecisionsResumed.class)).hasSize(1);
        assertThat(cluster.events(GuestEvent.StartGuest.class)).hasSize(1);
    }

    @Test
    void nothingIsStartedOrMovedWhileSuspended() {
        // Given five voters of which three lapse
        Cluster cluster = Cluster.beating("a", "b", "c", "d", "e");
        cluster.declare(Guests.db());
        cluster.orders.carryOutAll();
        cluster.replicated("db", "b");
        for (String node : List.of("c", "d", "e")) {
            cluster.lapse(node, Lapsed.Reason.LEASE_EXPIRED);
        }
        cluster.mark();

        // When the guest crashes, its node is drained and much time passes
        cluster.ask(new DrainNode("a"));
        cluster.orders.crashes("db");
        cluster.beatsFor(Duration.ofMinutes(1));
        assertThat(cluster.events(GuestEvent.GuestOrder.class)).isEmpty();

        // Then it goes on when a third is back
        cluster.restart("c");
        assertThat(cluster.events(GuestEvent.ReplicateFinal.class)).hasSize(1);
    }

    @Test
    void votersClusterAndTopicAreFixedAtInit() {
        Cluster cluster = Cluster.ofThree();
        ClusterSettings now = cluster.state().settings();

        change(cluster, now.clusterId(), now.heartbeatTopicId(), List.of("a", "b", "x"));
        assertThat(refusal(cluster)).contains("voters are fixed");
        change(cluster, "cluster-2", now.heartbeatTopicId(), now.voters());
        assertThat(refusal(cluster)).contains("clusterId");
        change(cluster, now.clusterId(), "topic-2", now.voters());
        assertThat(refusal(cluster)).contains("heartbeatTopicId");
        assertThat(cluster.state().settings()).isEqualTo(now);
    }

    @Test
    void bytesThatAreNoMessageArePutAsideAndTheLogStaysGapless() {
        Cluster cluster = Cluster.ofThree();

        cluster.appendUnreadable();
        cluster.read("guest.specs", "db", new Unreadable("not Avro"));
        cluster.beatsFor(Duration.ofSeconds(1));

        assertThat(cluster.events(ClusterEvent.RecordRefused.class)).hasSize(2);
        assertThat(cluster.events(ClusterEvent.ClusterFrozen.class)).isEmpty();
    }

    private static void change(Cluster cluster, String id, String topicId, List<String> voters) {
        cluster.read("cluster.settings", "cluster", new ClusterSettings(
                9, id, topicId, voters, Timing.FAST, Duration.ZERO, 3, "test", "test"));
    }

    private static String refusal(Cluster cluster) {
        return cluster.last(ClusterEvent.SettingsRefused.class).reason();
    }
}
