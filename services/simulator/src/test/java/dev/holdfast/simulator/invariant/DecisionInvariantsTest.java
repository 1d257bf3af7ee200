package dev.holdfast.simulator.invariant;

import static dev.holdfast.simulator.invariant.Given.FIRST;
import static dev.holdfast.simulator.invariant.Given.SECONDS;
import static dev.holdfast.simulator.invariant.Given.decision;
import static dev.holdfast.simulator.invariant.RunningInvariantsTest.violates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Position;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolStanding;
import dev.holdfast.core.node.PoolState;
import dev.holdfast.core.node.PoolVerdict;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each of them can fail: what it forbids is told to it here. */
class DecisionInvariantsTest {

    private static final ClusterState STATE = Given.state(null, Given.live("a"), Given.live("b"), Given.live("c"));
    private static final Runner RUNNER = new Runner("a", FIRST, 1);

    @Test
    void aRunnerThatIsDischargedWithoutProofIsSeen() {
        EvidenceSuffices invariant = new EvidenceSuffices(() -> 0);
        decide(invariant, decision(new GuestEvent.StartGuest("db", 1, "a", FIRST, true, Given.spec("db"))));

        violates("EvidenceSuffices", () -> decide(invariant, decision(new GuestEvent.RunnerDischarged(
                "db", RUNNER, GuestEvent.Ending.LOST, Duration.ZERO, null, "a guess"))));
    }

    @Test
    void aGuestThatComesToAPoolThatTakesNoneIsSeenAndOneThatStartsWhereItWasIsNot() {
        UnfitPoolIsNoTarget invariant = new UnfitPoolIsNoTarget();
        Decision start = decision(new GuestEvent.StartGuest("db", 2, "a", FIRST, false, Given.spec("db")));
        decide(invariant, pool("a", PoolStanding.FULL));

        violates("UnfitPoolIsNoTarget", () -> decide(invariant, start));
        violates("UnfitPoolIsNoTarget", () -> decide(invariant, decision(new GuestEvent.PromoteReplica(
                "db", 2, "a", FIRST, null, Duration.ZERO))));
        violates("UnfitPoolIsNoTarget", () -> decide(invariant, decision(new GuestEvent.ReplicateFinal(
                "db", 2, "b", FIRST, "a", FIRST))));

        decide(invariant, decision(new GuestEvent.StartConfirmed("db", RUNNER)));
        assertThatCode(() -> decide(invariant, start)).doesNotThrowAnyException();
        decide(invariant, pool("a", PoolStanding.FAULTED));
        violates("UnfitPoolIsNoTarget", () -> decide(invariant, start));
        decide(invariant, pool("a", PoolStanding.WARNS));
        assertThatCode(() -> decide(invariant, start)).doesNotThrowAnyException();
    }

    private static Decision pool(String node, PoolStanding standing) {
        PoolHealth health = new PoolHealth("tank", PoolState.ONLINE, 100, 12, 0, null, "");
        return decision(new NodeEvent.PoolChanged(node, FIRST, null, new PoolVerdict(standing, health)));
    }

    @Test
    void aStartBesideAPossibleRunnerIsSeen() {
        EvidenceSuffices invariant = new EvidenceSuffices(() -> 0);
        decide(invariant, decision(new GuestEvent.StartGuest("db", 1, "a", FIRST, true, Given.spec("db"))));

        violates("EvidenceSuffices", () -> decide(
                invariant, decision(new GuestEvent.StartGuest("db", 2, "b", FIRST, false, Given.spec("db")))));
    }

    @Test
    void aFenceWithoutTwoWitnessesOrWithAnUntrueSilenceIsSeen() {
        // Given a beat worth 15 s, sent at second 10
        EvidenceSuffices invariant = new EvidenceSuffices(() -> 0);
        invariant.appended(
                Given.beat("a", Duration.ofSeconds(10), Duration.ofSeconds(5)), 1, 10 * SECONDS, 10 * SECONDS);
        NodeEvent.NodeFenced fenced = new NodeEvent.NodeFenced("a", FIRST, "proof");
        Decision one = decision(Rule.R6_SILENCE, List.of(witness("b", 20)), fenced);
        Decision itself = decision(Rule.R6_SILENCE, List.of(witness("b", 20), witness("a", 20)), fenced);
        Decision tooShort = decision(Rule.R6_SILENCE, List.of(witness("b", 20), witness("c", 14)), fenced);
        Decision two = decision(Rule.R6_SILENCE, List.of(witness("b", 20), witness("c", 15)), fenced);

        for (Decision wrong : List.of(one, itself, tooShort)) {
            violates("EvidenceSuffices", () -> invariant.decided(wrong, STATE, STATE, 40 * SECONDS));
        }
        violates("EvidenceSuffices", () -> invariant.decided(two, STATE, STATE, 24 * SECONDS));
        assertThatCode(() -> invariant.decided(two, STATE, STATE, 31 * SECONDS)).doesNotThrowAnyException();
    }

    @Test
    void aWitnessThatClaimsMoreThanThereWasIsSeen() {
        EvidenceSuffices invariant = new EvidenceSuffices(() -> 0);
        invariant.appended(
                Given.beat("a", Duration.ofSeconds(10), Duration.ofSeconds(5)), 1, 8 * SECONDS, 10 * SECONDS);
        Decision suspected = decision(
                Rule.SUSPECT, List.of(witness("b", 3)), new NodeEvent.NodeSuspected("a", FIRST, 1));

        violates("EvidenceSuffices", () -> invariant.decided(suspected, STATE, STATE, 12 * SECONDS));
        assertThatCode(() -> invariant.decided(suspected, STATE, STATE, 13 * SECONDS)).doesNotThrowAnyException();
    }

    @Test
    void aSilenceThatASlowClockDoesNotShowIsSeen() {
        EvidenceSuffices invariant = new EvidenceSuffices(() -> 0.05);
        invariant.appended(
                Given.beat("a", Duration.ofSeconds(10), Duration.ofSeconds(5)), 1, 10 * SECONDS, 10 * SECONDS);
        Decision two = decision(
                Rule.R6_SILENCE, List.of(witness("b", 15), witness("c", 15)), new NodeEvent.NodeFenced("a", FIRST, ""));

        violates("EvidenceSuffices", () -> invariant.decided(two, STATE, STATE, 25 * SECONDS + SECONDS / 2));
        assertThatCode(() -> invariant.decided(two, STATE, STATE, 26 * SECONDS)).doesNotThrowAnyException();
    }

    private static Evidence witness(String node, long seconds) {
        return new Evidence(node, FIRST, 1, 2, Duration.ofSeconds(seconds));
    }

    private static void decide(Invariant invariant, Decision decision) {
        invariant.decided(decision, STATE, STATE, 0);
    }

    @Test
    void aStateThatIsNotItsFoldIsSeen() {
        StateIsItsFold invariant = new StateIsItsFold(DecisionMaker::decide);
        Input settings = new Input(new Position("cluster.settings", 0), false, "cluster", STATE.settings());
        DecisionMaker.Outcome outcome = DecisionMaker.decide(ClusterState.EMPTY, settings);
        outcome.decisions().forEach(each -> invariant.decided(each, ClusterState.EMPTY, outcome.state(), 0));
        invariant.committed(List.of(settings), outcome.state(), List.of());

        violates("StateIsItsFold", () -> invariant.over(outcome.state().withDecision()));
    }

    @Test
    void aDecisionThatIsNotFoldedAgainIsSeen() {
        StateIsItsFold invariant = new StateIsItsFold(DecisionMaker::decide);
        invariant.decided(decision(new NodeEvent.NodeFenced("a", FIRST, "")), STATE, STATE, 0);

        violates("StateIsItsFold", () -> invariant.over(ClusterState.EMPTY));
    }

    @Test
    void aGuestThatNeitherAnswersNorSaysWhatItWaitsForIsSeen() {
        AnswersInTime invariant = new AnswersInTime();
        GuestState silent = Given.guest(null, List.of(), null);
        GuestState waiting = Given.guest(null, List.of(), new GuestState.Waiting("no node", List.of()));

        assertThatCode(() -> invariant.settled(Given.state(waiting), List.of())).doesNotThrowAnyException();
        violates("AnswersInTime", () -> invariant.settled(Given.state(silent), List.of()));
    }

    @Test
    void whatFailsInsteadOfAnsweringIsAViolation() {
        assertThat(NothingFails.violatedBy(new IllegalStateException("no such guest")).invariant())
                .isEqualTo("NothingFails");
    }
}
