package dev.holdfast.core.decide;

import static dev.holdfast.core.decide.Cluster.TIMING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.LogTimer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Suspect and log time: rounds of a moving log, and the time that beats prove to have passed. */
class SuspicionTest {

    @Test
    void aNodeIsSuspectAfterThreeRoundsOfTwoWitnesses() {
        Cluster cluster = Cluster.ofThree();
        cluster.beat("a");

        // The first beat of each may quote an acknowledgement from before; three quote a later one.
        cluster.beatsFor(TIMING.beat().multipliedBy(3), "b", "c");
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.LIVE);

        cluster.beatsFor(TIMING.beat(), "b", "c");
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.SUSPECT);
        assertThat(cluster.events(NodeEvent.NodeSuspected.class)).hasSize(1);
    }

    @Test
    void aStalledLogMakesNobodySuspect() {
        Cluster cluster = Cluster.ofThree();

        for (int i = 0; i < 20; i++) {
            cluster.silenceFor(Duration.ofSeconds(1));
            cluster.beatUnread("b");
            cluster.beatUnread("c");
        }

        assertThat(cluster.events(NodeEvent.NodeSuspected.class)).isEmpty();
    }

    @Test
    void theRoundsOfOneWitnessAreNotEnough() {
        Cluster cluster = Cluster.ofThree();

        cluster.beatsFor(Duration.ofSeconds(10), "b");

        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.LIVE);
    }

    @Test
    void aBeatClearsTheSuspicionAndItsOutage() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.beatsFor(Duration.ofSeconds(4), "b", "c");
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.SUSPECT);
        assertThat(cluster.db().outage()).isNotNull();

        cluster.beat("a");

        assertThat(cluster.events(NodeEvent.SuspicionCleared.class)).hasSize(1);
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.LIVE);
        assertThat(cluster.db().outage()).isNull();
    }

    @Test
    void suspicionNeverStartsOrDischargesAnything() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.mark();

        cluster.beatsFor(TIMING.silenceUntilFenced().minusSeconds(1), "b", "c");

        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.SUSPECT);
        assertThat(cluster.events(GuestEvent.class)).isEmpty();
    }

    @Test
    void logTimeIsTheSecondLargestOverTheVoters() {
        // Given a timer from here on
        Cluster cluster = Cluster.ofThree();
        LogTimer timer = LogTimer.startingAfter(cluster.state().logOffset());
        timer = heard(cluster, timer, "a");
        timer = heard(cluster, timer, "b");
        timer = heard(cluster, timer, "c");
        assertThat(timer.quotes()).isEmpty();
        for (String node : new String[] {"a", "b", "c"}) {
            timer = heard(cluster, timer, node);
        }

        // When a alone beats on for nine seconds, b for four, and c not at all
        cluster.beatsFor(Duration.ofSeconds(4), "a", "b");
        cluster.beatsFor(Duration.ofSeconds(5), "a");

        // Then four seconds have passed
        assertThat(timer.elapsed(cluster.state().nodes())).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aNewIncarnationDoesNotCountTowardsATimerThatItsPredecessorBegan() {
        Cluster cluster = Cluster.ofThree();
        LogTimer timer = LogTimer.startingAfter(-1);
        timer = heard(cluster, timer, "a");
        timer = heard(cluster, timer, "b");
        cluster.reboot("b");
        cluster.beatsFor(Duration.ofSeconds(5), "a", "b");

        assertThat(timer.elapsed(cluster.state().nodes())).isZero();
    }

    private static LogTimer heard(Cluster cluster, LogTimer timer, String node) {
        Machine machine = cluster.machine(node);
        long acked = machine.acked;
        cluster.beat(node);
        return timer.onBeat(node, machine.incarnation, acked, machine.clock(cluster.world()));
    }
}
