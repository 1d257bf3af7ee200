package dev.holdfast.core.decide;

import static dev.holdfast.core.decide.Cluster.TIMING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.OperatorCommand.DrainNode;
import dev.holdfast.core.message.OperatorCommand.RemoveGuest;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.Liveness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** R10: while the log is in doubt nothing is started, evidence goes on, and what nodes say they run counts. */
class FreezeTest {

    private static final Duration T = TIMING.silenceUntilFenced();

    @Test
    void aGapInTheLogFreezesTheCluster() {
        Cluster cluster = Cluster.ofThree();

        cluster.logLoses(3);
        cluster.beat("a");

        assertThat(cluster.last(ClusterEvent.ClusterFrozen.class).reason()).contains("instead of");
    }

    @Test
    void aLogThatGoesBackFreezesTheCluster() {
        Cluster cluster = Cluster.ofThree();

        cluster.logGoesBackTo(0);
        cluster.beat("a");

        assertThat(cluster.events(ClusterEvent.ClusterFrozen.class)).hasSize(1);
    }

    @Test
    void aLogThatBeginsLateFreezesTheCluster() {
        Cluster cluster = Cluster.initialised("a", "b", "c");

        cluster.logLoses(5);
        cluster.beat("a");

        assertThat(cluster.last(ClusterEvent.ClusterFrozen.class).reason()).contains("begins at offset 5");
    }

    @Test
    void aWholeLogFromItsBeginningDoesNot() {
        Cluster cluster = Cluster.withDbOnA();

        cluster.crashUntilFenced("a");
        cluster.orders.carryOutAll();
        cluster.reboot("a");
        cluster.beatsFor(Duration.ofSeconds(30));

        assertThat(cluster.events(ClusterEvent.ClusterFrozen.class)).isEmpty();
    }

    @Test
    void aFrozenClusterStartsNothingUntilTOfLogTimeHasPassedAndEveryVoterHasBeaten() {
        // Given a frozen cluster and a guest that wants to start
        Cluster cluster = Cluster.ofThree();
        cluster.logLoses(1);
        cluster.beat("a");
        cluster.declare(Guests.db());
        assertThat(cluster.last(GuestEvent.GuestWaiting.class).reason()).contains("frozen");

        // When less than T has passed, then it waits
        cluster.beatsFor(T.minusSeconds(1));
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();

        // When T has passed, then it starts
        cluster.beatsFor(Duration.ofSeconds(3));
        assertThat(cluster.events(ClusterEvent.ClusterThawed.class)).hasSize(1);
        assertThat(cluster.events(GuestEvent.StartGuest.class)).hasSize(1);
    }

    @Test
    void aVoterThatHasNotBeatenSinceKeepsItFrozenUntilItIsFenced() {
        // Given a node with a longer lease than the others, silent since the freeze
        Cluster cluster = Cluster.initialised("a", "b", "c");
        cluster.machine("c").lease = Duration.ofSeconds(40);
        cluster.beatsFor(Duration.ofSeconds(2));
        cluster.crash("c");
        cluster.logLoses(1);

        cluster.beatsFor(Duration.ofSeconds(35));
        assertThat(cluster.state().frozen()).isNotNull();

        cluster.beatsFor(Duration.ofSeconds(15));
        assertThat(cluster.node("c").liveness()).isEqualTo(Liveness.FENCED);
        assertThat(cluster.state().frozen()).isNull();
    }

    @Test
    void evidenceAndFencingGoOnWhileFrozen() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.crash("a");
        cluster.logLoses(1);

        cluster.beatsFor(T.plusSeconds(2));

        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.FENCED);
        assertThat(cluster.db().runners()).isEmpty();
    }

    @Test
    void aNodeThatMayHaveBeatenInTheGapIsNotFencedByWhatWasProvenBeforeIt() {
        // Given almost all of T proven about a, when records are lost, among them beats of a
        Cluster cluster = Cluster.withDbOnA();
        cluster.beatsFor(T.minusSeconds(1), "b", "c");
        cluster.logLoses(4);
        cluster.mark();

        // When the witnesses beat on
        cluster.beatsFor(Duration.ofSeconds(3), "b", "c");

        // Then a, whose lost beats renewed its lease, is not fenced, and is heard when it beats again
        assertThat(cluster.events(NodeEvent.NodeFenced.class)).isEmpty();
        cluster.beat("a");
        assertThat(cluster.node("a").lastOffset()).isEqualTo(cluster.logEnd() - 1);
        assertThat(cluster.db().mayRunOn("a")).isTrue();
    }

    @Test
    void aBeatThatQuotesMoreThanTheLogHoldsFreezesAndTestifiesToNothing() {
        // Given a log that was cut: b's acknowledged beats are gone
        Cluster cluster = Cluster.ofThree();
        cluster.mark();
        cluster.machine("b").acked = cluster.logEnd() + 7;

        // When b beats, quoting them
        cluster.beatUnread("b");
        cluster.beatUnread("b");

        // Then the cluster is frozen once, and b's words do not count, but that it beats does
        assertThat(cluster.events(ClusterEvent.ClusterFrozen.class)).hasSize(1);
        assertThat(cluster.node("a").bases()).doesNotContainKey("b");
        assertThat(cluster.node("b").bases()).isEmpty();
    }

    @Test
    void aWitnessThatReadABeatWhichIsNotOnTheLogFreezes() {
        // Given that the log lost a's newest beat after b had read it, and gave its offset again
        Cluster cluster = Cluster.ofThree();
        long end = cluster.logEnd();
        cluster.beatLost("a");
        cluster.machine("c").seen.remove("a");
        cluster.logGoesBackTo(end);
        cluster.beat("c");
        assertThat(cluster.state().frozen()).isNull();

        // When b quotes it
        cluster.beat("b");

        // Then it is known that something was lost, and whoever may have beaten there is not judged by what was read
        assertThat(cluster.state().frozen()).isNotNull();
        assertThat(cluster.node("a").lastOffset()).isEqualTo(cluster.logEnd() - 1);
    }

    @Test
    void anAcknowledgedBeatThatIsNotOnTheLogFreezes() {
        Cluster cluster = Cluster.ofThree();
        long end = cluster.logEnd();
        cluster.beatLost("b");
        cluster.machine("a").seen.remove("b");
        cluster.logGoesBackTo(end);
        cluster.beat("a");
        assertThat(cluster.state().frozen()).isNull();

        cluster.beat("b");

        assertThat(cluster.state().frozen()).isNotNull();
    }

    @Test
    void anAcknowledgementOfALogThatWasCutProvesNothingWhenItsOffsetIsGivenAgain() {
        // Given b, whose newest acknowledged beat was cut off after it was read
        Cluster cluster = Cluster.ofThree();
        long end = cluster.logEnd();
        cluster.beat("b");
        cluster.logGoesBackTo(end - 1);
        cluster.beat("c");

        // When a beats at the offset that was cut, and after it b, which has had no acknowledgement since
        cluster.beatUnread("a");
        cluster.beatUnread("b");

        // Then b's old acknowledgement, the greater one, says nothing of a's silence, and lets no time pass
        assertThat(cluster.machine("b").acked).isLessThan(cluster.logEnd() - 1);
        assertThat(cluster.node("a").bases()).doesNotContainKey("b");
        assertThat(cluster.state().frozen().since().quotes()).doesNotContainKey("b");

        // And an acknowledgement of what stands there now does
        cluster.beat("b");
        cluster.beat("b");
        assertThat(cluster.node("a").bases()).containsKey("b");
        assertThat(cluster.state().frozen().since().quotes()).containsKey("b");
    }

    @Test
    void aLogThatIsReadAgainLetsNoTimePassAndProvesNothing() {
        // Given a that runs db in its second life, whose first beats stand far behind those of the others
        Cluster cluster = Cluster.ofThree();
        cluster.beatsFor(TIMING.silenceUntilFenced().multipliedBy(2), "b", "c");
        cluster.reboot("a");
        cluster.declare(Guests.db());
        cluster.orders.carryOutAll();
        cluster.beatsFor(Duration.ofSeconds(2));
        cluster.mark();

        // When the log is read again from its beginning
        cluster.heartbeatsReadAgain();

        // Then the cluster is frozen, and neither is anybody fenced by what was testified then, nor is it over by it
        assertThat(cluster.events(ClusterEvent.ClusterFrozen.class)).hasSize(1);
        assertThat(cluster.events(NodeEvent.NodeFenced.class)).isEmpty();
        assertThat(cluster.state().frozen()).isNotNull();
        assertThat(cluster.db().runners()).hasSize(1);

        // And when time has really passed it is sound again
        cluster.beatsFor(TIMING.silenceUntilFenced().multipliedBy(2));
        assertThat(cluster.state().frozen()).isNull();
    }

    @Test
    void whileTheLogIsInDoubtASilenceIsNotProvenByWhatWasReadBefore() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.logLoses(5);
        cluster.beat("b");
        long last = cluster.node("a").lastOffset();
        Machine a = cluster.machine("a");
        cluster.machine("b").seen.put("a", new Heartbeat.Seen(a.incarnation, a.seq, last, Duration.ZERO));

        cluster.beat("b");
        cluster.beat("b");

        assertThat(cluster.node("a").bases().get("b").since()).isNotEqualTo(Duration.ZERO);
    }

    @Test
    void aBeatForAnotherTopicFreezesAndDoesNotMakeItsNodeSilent() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.mark();
        cluster.machine("a").topicId = "topic-2";

        cluster.beatsFor(T.multipliedBy(3));

        assertThat(cluster.events(ClusterEvent.ClusterFrozen.class)).hasSize(1);
        assertThat(cluster.events(NodeEvent.BeatRefused.class)).hasSize(1);
        assertThat(cluster.events(NodeEvent.NodeFenced.class)).isEmpty();
        assertThat(cluster.state().frozen()).isNotNull();
    }

    @Test
    void anEpochThatThisLogNeverIssuedFreezesEntersPAndRaisesTheCounter() {
        // Given the guest on a under epoch 1, and b that says it runs it under epoch 50
        Cluster cluster = Cluster.withDbOnA();
        cluster.mark();
        cluster.machine("b").running.put("db", 50L);

        // When it beats
        cluster.beat("b");
        cluster.beat("b");

        // Then the log was wrong: b counts, is the last writer, and is told to stop
        Runner found = new Runner("b", cluster.machine("b").incarnation, 50);
        assertThat(cluster.events(ClusterEvent.ClusterFrozen.class)).hasSize(1);
        assertThat(cluster.db().runners()).contains(found);
        assertThat(cluster.db().lastWriter().node()).isEqualTo("b");
        assertThat(cluster.state().epochs()).isEqualTo(50);
        assertThat(cluster.last(GuestEvent.StopGuest.class).node()).isEqualTo("b");
    }

    @Test
    void aFoundRunnerThatWroteLastIsRestartedWhereItsVolumeIs() {
        // Given a guest that ran on b under an epoch this log lost, while the log knows of an older end on a
        Cluster cluster = Cluster.withDbOnA();
        cluster.orders.crashes("db");
        cluster.machine("b").running.put("db", 50L);
        cluster.beat("b");
        cluster.orders.carryOutAll();
        assertThat(cluster.db().runners()).isEmpty();
        cluster.mark();

        // When the cluster thaws
        cluster.beatsFor(T.plusSeconds(3));

        // Then it starts on b, in place, under a greater epoch
        GuestEvent.StartGuest start = cluster.last(GuestEvent.StartGuest.class);
        assertThat(start.node()).isEqualTo("b");
        assertThat(start.epoch()).isGreaterThan(50);
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
    }

    @Test
    void aRunnerFoundDuringAPromotionVoidsIt() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.crashUntilFenced("a");
        GuestEvent.PromoteReplica promote = cluster.last(GuestEvent.PromoteReplica.class);
        String other = promote.node().equals("b") ? "c" : "b";
        cluster.mark();

        cluster.machine(other).running.put("db", 50L);
        cluster.beat(other);
        cluster.orders.promoted(promote);

        assertThat(cluster.events(GuestEvent.AttemptVoid.class)).hasSize(1);
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();
    }

    @Test
    void aBeatThatNamesAnEpochItsNodeReportedStoppedBeforeFreezes() {
        Cluster cluster = Cluster.withDbOnA();
        Runner runner = cluster.db().runners().getFirst();
        cluster.orders.crashes("db");
        cluster.silenceFor(Duration.ofMillis(1));
        cluster.machine("a").running.put("db", runner.epoch());

        cluster.beat("a");

        assertThat(cluster.events(ClusterEvent.ClusterFrozen.class)).hasSize(1);
        assertThat(cluster.db().runners()).contains(runner);
    }

    @Test
    void aBeatSentBeforeTheStopThatIsReadAfterItsReportIsNoContradiction() {
        // Given a beat of a on its way that names the guest, and the report of its end that overtakes it
        Cluster cluster = Cluster.withDbOnA();
        Runner runner = cluster.db().runners().getFirst();
        var late = cluster.machine("a").nextBeat(cluster.world());
        cluster.report(new GuestReport.GuestStopped(
                "db", runner.epoch(), "a", runner.incarnation(), late.sentAt().plusMillis(1), false, "exit 0"));

        cluster.append(late, true);

        assertThat(cluster.events(ClusterEvent.ClusterFrozen.class)).isEmpty();
    }

    @Test
    void aGuestThisLogLostIsFoundAgainWhenItIsDeclared() {
        // Given b that runs a guest nobody declared
        Cluster cluster = Cluster.ofThree();
        cluster.machine("b").running.put("db", 9L);
        cluster.beatsFor(T.multipliedBy(2));
        assertThat(cluster.events(ClusterEvent.ClusterFrozen.class)).hasSize(1);
        assertThat(cluster.state().epochs()).isEqualTo(9);

        // When it is declared
        cluster.declare(Guests.db());

        // Then b may run it, so it is not started, and b is told to stop it
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();
        assertThat(cluster.db().runners())
                .containsExactly(new Runner("b", cluster.machine("b").incarnation, 9));
        assertThat(cluster.last(GuestEvent.StopGuest.class).node()).isEqualTo("b");
    }

    @Test
    void aGuestIsForgottenOnlyWhenNoBeatNamesItAnyMore() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.beat("a");
        cluster.ask(new RemoveGuest("db", false));
        cluster.orders.carryOutAll();
        assertThat(cluster.guest("db")).isNotNull();

        cluster.beatsFor(Duration.ofSeconds(1));

        assertThat(cluster.guest("db")).isNull();
        assertThat(cluster.events(ClusterEvent.ClusterFrozen.class)).isEmpty();
    }

    @Test
    void drainingANodeOfAFrozenClusterWaitsForTheThaw() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.logLoses(1);
        cluster.beat("b");

        cluster.ask(new DrainNode("a"));
        assertThat(cluster.events(GuestEvent.MoveBegun.class)).isEmpty();

        cluster.beatsFor(T.plusSeconds(3));
        assertThat(cluster.events(GuestEvent.MoveBegun.class)).hasSize(1);
    }
}
