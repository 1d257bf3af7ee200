package dev.holdfast.core.decide;

import static dev.holdfast.core.decide.Cluster.TIMING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** R6: an incarnation is fenced exactly when K other voters have proven a silence of T. */
class EvidenceTest {

    private static final Duration T = TIMING.silenceUntilFenced();
    private static final Duration BEAT = TIMING.beat();

    @Test
    void aSilentNodeIsFencedByTheFirstBeatThatCompletesTheProofAndNotBefore() {
        // Given the last beat of a, read by b and c at once
        Cluster cluster = Cluster.ofThree();
        cluster.beat("a");
        Duration silentSince = cluster.world();

        // When b and c beat until just T has passed on their clocks
        cluster.beatsFor(T, "b", "c");

        // Then T minus the drift is not T
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.SUSPECT);

        // When both beat once more: T * (1 + rho) / (1 - rho) has passed
        cluster.beatsFor(BEAT, "b", "c");

        // Then a is fenced, with the evidence of both
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.FENCED);
        assertThat(cluster.world().minus(silentSince)).isEqualTo(T.plus(BEAT));
        assertThat(cluster.decisions().getLast().cause().rule()).isEqualTo(Rule.R6_SILENCE);
        assertThat(cluster.decisions().getLast().cause().evidence())
                .extracting(Evidence::witness).containsExactly("b", "c");
    }

    @Test
    void theFactorOfDriftDecidesToTheMillisecond() {
        // Given T and the slowest pair of clocks that rho allows
        Duration enough = Duration.ofNanos((long) Math.ceil(T.toNanos() * (1 + TIMING.rho()) / (1 - TIMING.rho())));
        for (boolean oneMillisecondShort : new boolean[] {true, false}) {
            Cluster cluster = Cluster.ofThree();
            cluster.beat("a");
            cluster.beat("b");
            cluster.beat("c");

            // When the witnesses' next beats come after that much, or one millisecond less
            cluster.silenceFor(oneMillisecondShort ? enough.minusMillis(1) : enough.plusNanos(1));
            cluster.beat("b");
            cluster.beat("c");

            // Then it is proven, or not
            assertThat(cluster.node("a").liveness())
                    .isEqualTo(oneMillisecondShort ? Liveness.LIVE : Liveness.FENCED);
        }
    }

    @Test
    void oneWitnessIsNotEnough() {
        Cluster cluster = Cluster.ofThree();
        cluster.crash("a", "c");

        cluster.beatsFor(T.multipliedBy(10), "b");

        assertThat(cluster.events(NodeEvent.NodeFenced.class)).isEmpty();
    }

    @Test
    void withFiveVotersTwoWitnessesAreEnoughButANodeNeverTestifiesAboutItself() {
        Cluster cluster = Cluster.beating("a", "b", "c", "d", "e");
        cluster.crash("a", "d", "e");

        cluster.beatsFor(T.plusSeconds(1), "b", "c");

        assertThat(cluster.events(NodeEvent.NodeFenced.class))
                .extracting(NodeEvent.NodeFenced::node).containsExactly("a", "d", "e");
        assertThat(cluster.node("b").bases()).doesNotContainKey("b");
        assertThat(cluster.node("b").liveness()).isEqualTo(Liveness.LIVE);
    }

    @Test
    void theGreatestLeaseAndWatchdogTheNodeItselfNamedCountNotTheReadersSettings() {
        // Given a beat in which a once named a lease of 20 s, before going back to 7 s
        Cluster cluster = Cluster.ofThree();
        cluster.machine("a").lease = Duration.ofSeconds(20);
        cluster.beat("a");
        cluster.machine("a").lease = TIMING.lease();
        cluster.beat("a");
        cluster.crash("a");

        // When the T of the settings has passed, then a is not fenced
        cluster.beatsFor(T.plusSeconds(2));
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.SUSPECT);

        // When its own has passed, then it is
        cluster.beatsFor(Duration.ofSeconds(13));
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.FENCED);
    }

    @Test
    void shorterSettingsDoNotShortenTheSilenceOfANodeThatBeatUnderLongerOnes() {
        Cluster cluster = Cluster.ofThree();
        cluster.machine("a").lease = Timing.CAREFUL.lease();
        cluster.machine("a").wd = Timing.CAREFUL.wd();
        cluster.beat("a");
        cluster.crash("a");

        cluster.read("cluster.settings", "cluster", cluster.settings(2, TIMING));
        cluster.beatsFor(Duration.ofSeconds(30));

        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.SUSPECT);
    }

    @Test
    void theLongestThatAnIncarnationEverNamedCountsUntilItsEnd() {
        // Given a beat in which a named a lease of 20 s, and long after it beats that name 7 s
        Cluster cluster = Cluster.ofThree();
        cluster.machine("a").lease = Duration.ofSeconds(20);
        cluster.beat("a");
        cluster.machine("a").lease = TIMING.lease();
        cluster.beatsFor(Duration.ofSeconds(60));
        cluster.crash("a");

        cluster.beatsFor(T.plusSeconds(2));
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.SUSPECT);
        cluster.beatsFor(Duration.ofSeconds(13));
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.FENCED);
    }

    @Test
    void aRefusedBeatOfTheCurrentIncarnationCountsByWhatItNames() {
        // Given a beat that is refused since it quotes what the log no longer holds, and names a longer lease
        Cluster cluster = Cluster.ofThree();
        cluster.machine("a").lease = Duration.ofSeconds(20);
        cluster.machine("a").acked = cluster.logEnd() + 5;
        cluster.beat("a");
        cluster.crash("a");

        // Then a is given that lease, which it may hold
        cluster.beatsFor(T.plusSeconds(2));
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.SUSPECT);
        cluster.beatsFor(Duration.ofSeconds(13));
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.FENCED);
    }

    @Test
    void behindAGapANodeMayRunTheSettingsInForce() {
        // Given longer settings, and a's beats that take them on, lost in a gap of the log
        Cluster cluster = Cluster.ofThree();
        cluster.read("cluster.settings", "cluster", cluster.settings(2, Timing.DEFAULT));
        cluster.logLoses(3);
        cluster.crash("a");

        // Then a is given what it may have named there
        cluster.beatsFor(T.plusSeconds(3));
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.SUSPECT);
        cluster.beatsFor(Duration.ofSeconds(6));
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.FENCED);
    }

    @Test
    void everyBeatOfTheSubjectBeginsTheProofAnew() {
        Cluster cluster = Cluster.ofThree();
        for (int i = 0; i < 5; i++) {
            cluster.beatsFor(T.minusSeconds(1), "b", "c");
            cluster.beat("a");
            assertThat(cluster.node("a").bases()).isEmpty();
        }

        assertThat(cluster.events(NodeEvent.NodeFenced.class)).isEmpty();
    }

    @Test
    void aNewIncarnationOfAWitnessBeginsItsTestimonyAnew() {
        // Given a silence that b and c have almost proven
        Cluster cluster = Cluster.ofThree();
        cluster.crash("a");
        cluster.beatsFor(T.minusSeconds(1));

        // When b comes back on a new boot with a clock of its own
        cluster.reboot("b");
        cluster.beatsFor(Duration.ofSeconds(2));

        // Then only c testifies so far, and b needs all of T
        assertThat(cluster.node("a").liveness()).isNotEqualTo(Liveness.FENCED);
        cluster.beatsFor(T);
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.FENCED);
    }

    @Test
    void aFencedWitnessDoesNotCount() {
        // Given five voters; b and c had almost proven a's silence when b itself was powered off for certain
        Cluster cluster = Cluster.beating("a", "b", "c", "d", "e");
        cluster.crash("a", "d", "e");
        cluster.beatsFor(T.minusSeconds(1), "b", "c");
        cluster.crash("b");
        cluster.report(new FenceReport(
                "b", cluster.machine("b").incarnation, true, "c", "off"));

        // When a late beat of b completes the proof
        cluster.silenceFor(Duration.ofSeconds(5));
        cluster.beat("b");
        cluster.beat("c");

        // Then it is ignored
        assertThat(cluster.node("a").liveness()).isNotEqualTo(Liveness.FENCED);
        assertThat(Testimony.of(cluster.state(), cluster.node("a")))
                .extracting(Evidence::witness).contains("c").doesNotContain("b");
    }

    @Test
    void aReportThatTheLastBeatWasReadIsBetterThanAnAcknowledgementAfterIt() {
        // Given a's last beat; b beats before it read it, quoting an own record acknowledged after it
        Cluster cluster = Cluster.ofThree();
        Machine b = cluster.machine("b");
        long last = cluster.beatUnread("a");
        Duration read = b.clock(cluster.world());
        cluster.silenceFor(BEAT);
        cluster.beat("b");
        cluster.silenceFor(BEAT);
        cluster.beat("b");
        assertThat(cluster.node("a").bases().get("b").since()).isEqualTo(b.clock(cluster.world()));

        // When it says that it read a's last beat earlier than that
        Machine a = cluster.machine("a");
        b.seen.put("a", new Heartbeat.Seen(a.incarnation, a.seq, last, read));
        cluster.beat("b");

        // Then the proof begins there
        assertThat(cluster.node("a").bases().get("b").since()).isEqualTo(read);
    }

    @Test
    void aWitnessThatCannotKnowOfTheLastBeatProvesNothing() {
        // Given that b and c have read an older beat of a only, and had no acknowledgement since its last one
        Cluster cluster = Cluster.ofThree();
        cluster.beatUnread("a");
        assertThat(cluster.node("a").lastOffset()).isGreaterThan(cluster.machine("b").acked);

        // When they beat, and beat again much later without having been acknowledged
        for (int i = 0; i < 3; i++) {
            cluster.silenceFor(T.multipliedBy(2));
            cluster.beatUnread("b");
            cluster.beatUnread("c");
        }

        // Then nothing is proven about a
        assertThat(cluster.node("a").bases()).isEmpty();
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.LIVE);
    }

    @Test
    void aLogThatStandsStillProvesNothingAboutANodeThatBeatsWithTheOthersWhenItMovesAgain() {
        Cluster cluster = Cluster.ofThree();

        // When nobody can write for ten times T, and then all can
        cluster.silenceFor(T.multipliedBy(10));
        cluster.beat("a");
        cluster.beat("b");
        cluster.beat("c");
        cluster.beatsFor(Duration.ofSeconds(5));

        // Then b's and c's first beats prove nothing of a, which beat before them
        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.LIVE);
    }

    @Test
    void anOfferToTestifyAboutAnotherOffsetIsNoTestimony() {
        Cluster cluster = Cluster.ofThree();
        long last = cluster.beatUnread("a");
        Machine b = cluster.machine("b");
        Machine a = cluster.machine("a");
        b.seen.put("a", new Heartbeat.Seen(a.incarnation, a.seq - 1, last - 3, Duration.ZERO));

        cluster.beatUnread("b");

        assertThat(cluster.node("a").bases()).isEqualTo(Map.of());
    }

    @Test
    void aReadingOfAnotherBeatAtTheOffsetOfTheLastOneIsNoTestimony() {
        Cluster cluster = Cluster.ofThree();
        long last = cluster.beatUnread("a");
        Machine a = cluster.machine("a");
        Machine b = cluster.machine("b");

        b.seen.put("a", new Heartbeat.Seen(a.incarnation, a.seq - 1, last, Duration.ZERO));
        cluster.beatUnread("b");
        assertThat(cluster.node("a").bases()).isEqualTo(Map.of());

        b.seen.put("a", new Heartbeat.Seen(new Incarnation(1, 9), a.seq, last, Duration.ZERO));
        cluster.beatUnread("b");
        assertThat(cluster.node("a").bases()).isEqualTo(Map.of());

        b.seen.put("a", new Heartbeat.Seen(a.incarnation, a.seq, last, Duration.ZERO));
        cluster.beatUnread("b");
        assertThat(cluster.node("a").bases()).containsKey("b");
    }

    @Test
    void anAcknowledgementCountsOnlyOfABeatThatWasReadInARowWithTheOneThatQuotesIt() {
        // Given b, whose beats have a gap: one was never on the log
        Cluster cluster = Cluster.ofThree();
        Machine b = cluster.machine("b");
        cluster.beatUnread("a");
        cluster.beatUnread("b");
        b.acked = cluster.logEnd() - 1;
        b.ackedSeq = b.seq;
        b.seq++;

        // When it quotes one from before the gap, and one from behind it
        cluster.beatUnread("b");
        assertThat(cluster.node("a").bases()).isEqualTo(Map.of());
        cluster.beat("b");
        cluster.beat("b");

        assertThat(cluster.node("a").bases()).containsKey("b");
    }

    @Test
    void aLapsedNodeIsFencedLikeAnyOtherOnceItsSilenceIsProven() {
        Cluster cluster = Cluster.ofThree();
        cluster.lapse("a", Lapsed.Reason.LEASE_EXPIRED);

        cluster.beatsFor(T.plusSeconds(1));

        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.FENCED);
    }
}
