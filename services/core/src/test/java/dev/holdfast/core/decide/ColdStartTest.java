package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.OperatorCommand.AcceptLoss;
import dev.holdfast.core.state.GuestPhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole cluster was down: the newest data wins, in whatever order the nodes return. */
class ColdStartTest {

    @ParameterizedTest
    @ValueSource(strings = {"abc", "acb", "bac", "bca", "cab", "cba"})
    void nodesReturnInAnyOrderFortySecondsApartAndTheNewestVolumeIsStartedInPlace(String order) {
        // Given the guest on a when all lose power
        Cluster cluster = Cluster.withDbOnA();
        cluster.beatsFor(Duration.ofSeconds(5));
        cluster.crash("a", "b", "c");
        cluster.orders.forgetAll();
        cluster.silenceFor(Duration.ofMinutes(10));
        cluster.mark();

        // When they return one after the other; alone, none can write
        List<String> nodes = List.of(order.split(""));
        cluster.machine(nodes.get(0)).reboot(cluster.world());
        cluster.silenceFor(Duration.ofSeconds(40));
        cluster.beat(nodes.get(0));
        cluster.reboot(nodes.get(1));
        cluster.beatsFor(Duration.ofSeconds(40));
        cluster.reboot(nodes.get(2));
        cluster.orders.carryOutAll();
        cluster.beatsFor(Duration.ofSeconds(40));

        // Then a's volume was started, nothing was promoted and nothing set aside
        assertThat(cluster.events(GuestEvent.StartGuest.class))
                .extracting(GuestEvent.StartGuest::node).containsOnly("a");
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
        assertThat(cluster.events(GuestEvent.SetAside.class)).isEmpty();
        assertThat(cluster.events(ClusterEvent.ColdStartEnded.class)).hasSize(1);
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Running.class);
    }

    @Test
    void aLastWriterThatNeverReturnsIsWaitedForAndThenItsReplicaIsPromoted() {
        Cluster cluster = downAndBackWithoutA();

        cluster.beatsFor(ClusterSettings.COLD_START_WAIT.minusSeconds(2));
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
        assertThat(cluster.last(GuestEvent.GuestWaiting.class).reason()).contains("cold start", "on a");

        cluster.beatsFor(Duration.ofSeconds(5));
        assertThat(cluster.last(ClusterEvent.ColdStartEnded.class).reason()).contains("180 s");
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).hasSize(1);
    }

    @Test
    void aPersonCanEndTheWait() {
        Cluster cluster = downAndBackWithoutA();
        cluster.beatsFor(Cluster.TIMING.silenceUntilFenced().plusSeconds(2));

        cluster.ask(new AcceptLoss("db"));

        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).hasSize(1);
    }

    @Test
    void oneNodesRebootIsNoColdStart() {
        Cluster cluster = Cluster.withDbOnA();

        cluster.reboot("b");
        cluster.beatsFor(Duration.ofSeconds(2));
        cluster.reboot("c");
        cluster.beatsFor(Duration.ofSeconds(2));

        assertThat(cluster.events(ClusterEvent.ColdStartNoticed.class)).isEmpty();
        assertThat(cluster.state().coldStart()).isNull();
    }

    @Test
    void aNodeThatReturnsWithinItsBootIsBackToo() {
        // Given b and c back on new boots, and a that had only lapsed
        Cluster cluster = downAndBackWithoutA();
        assertThat(cluster.events(ClusterEvent.ColdStartNoticed.class)).hasSize(1);

        cluster.restart("a");

        assertThat(cluster.last(ClusterEvent.ColdStartEnded.class).reason()).contains("every voter");
        assertThat(cluster.startedOn()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bc", "cb"})
    void aVoterThatWasNeverThereBeforeDoesNotAnswerForThoseWhoWere(String order) {
        // Given c, never switched on so far, and the guest on a when the others lose power
        Cluster cluster = Cluster.initialised("a", "b", "c");
        cluster.beatsFor(Duration.ofSeconds(2), "a", "b");
        cluster.declare(Guests.db());
        cluster.orders.carryOutAll();
        cluster.replicated("db", "b");
        cluster.crash("a", "b");
        cluster.orders.forgetAll();
        cluster.silenceFor(Duration.ofMinutes(10));
        cluster.mark();

        // When b returns, and c is there for the first time, in either order
        for (String node : order.split("")) {
            if (node.equals("b")) {
                cluster.reboot("b");
            }
            cluster.beatsFor(Duration.ofSeconds(5), node);
        }
        cluster.beatsFor(Duration.ofSeconds(40), "b", "c");

        // Then a is waited for, and starts in place
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
        cluster.reboot("a");
        assertThat(cluster.startedOn()).isEqualTo("a");
    }

    @Test
    void nothingIsPromotedWhileItIsInQuestionWhetherAllWereDown() {
        // Given a promotion that was ordered when all lost power
        Cluster cluster = Cluster.withDbOnA();
        cluster.crashUntilFenced("a");
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).hasSize(1);
        cluster.orders.forgetAll();
        cluster.mark();

        // When one voter returns alone, to a log that runs elsewhere
        cluster.reboot("b");
        cluster.beat("b");

        // Then nothing is promoted before another one has told that it was there all the time
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
        cluster.beat("c");
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).hasSize(1);
    }

    private static Cluster downAndBackWithoutA() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.beatsFor(Duration.ofSeconds(5));
        cluster.crash("a", "b", "c");
        cluster.silenceFor(Duration.ofMinutes(10));
        cluster.reboot("b");
        cluster.reboot("c");
        return cluster;
    }
}
