package dev.holdfast.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.event.ClusterEvent.CommandAnswered;
import dev.holdfast.core.event.GuestEvent.GuestErrored;
import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import dev.holdfast.core.event.GuestEvent.MoveEnded;
import dev.holdfast.core.event.NodeEvent.NodeFenced;
import dev.holdfast.core.event.NodeEvent.NodeLapsed;
import dev.holdfast.core.event.NodeEvent.NodeSuspected;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each action does what it says, and nothing else happens. */
class ScriptedRunTest {

    private static final RestartPolicy ONCE_EACH = new RestartPolicy(
            1, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(30), 1, Duration.ofHours(1));

    private final ScriptedRun run = new ScriptedRun(Setting.of(List.of("a", "b", "c"), Timing.FAST));

    @Test
    void nothingHappensToAClusterThatIsLeftAlone() {
        running("db");
        run.runUntil(seconds(600));
        run.end();

        assertThat(run.runner("db")).contains("a");
        assertThat(run.decided(NodeSuspected.class)).isEmpty();
        assertThat(run.decided(NodeLapsed.class)).isEmpty();
    }

    @Test
    void theSameScriptGivesTheSameRun() {
        ScriptedRun again = new ScriptedRun(Setting.of(List.of("a", "b", "c"), Timing.FAST));
        for (ScriptedRun each : List.of(run, again)) {
            each.powerOnAll();
            each.at(seconds(5), new Action.Declare(Guests.named("db")));
            each.at(seconds(30), new Action.PowerOff("a"));
            each.runUntil(seconds(90));
        }
        assertThat(again.happenings()).isEqualTo(run.happenings());
    }

    @Test
    void aGuestOfANodeWithoutPowerRunsElsewhereOnceThatNodeIsFenced() {
        running("db");
        run.act(new Action.PowerOff("a"));
        run.runUntil(seconds(60));

        assertThat(run.isOn("a")).isFalse();
        assertThat(run.decided(NodeFenced.class)).extracting(NodeFenced::node).containsExactly("a");
        assertThat(run.runner("db")).contains("b");
        assertThat(run.decided(GuestRecovered.class)).singleElement()
                .satisfies(receipt -> assertThat(receipt.outage()).isGreaterThan(Timing.FAST.silenceUntilFenced()));
    }

    @Test
    void aNodeThatIsCutOffLosesItsGuestAndComesBack() {
        running("db");
        run.act(new Action.Cut("a"));
        run.runUntil(run.now().plusSeconds(11));
        assertThat(run.runner("db")).isEmpty();
        run.runUntil(run.now().plusSeconds(10));
        assertThat(run.runner("db")).contains("b");

        run.act(new Action.Heal("a"));
        run.runUntil(run.now().plusSeconds(60));
        assertThat(run.isAtWork("a")).isTrue();
        assertThat(run.state().node("a").isLive()).isTrue();
    }

    @Test
    void frozenServicesLoseTheirGuestsAndAreKilledByTheGuardThatNobodyFroze() {
        running("db");
        run.act(new Action.Freeze("a"));
        run.runUntil(run.now().plusSeconds(5));
        assertThat(run.runner("db")).as("killed by the guard").isEmpty();

        run.runUntil(run.now().plusSeconds(60));
        assertThat(run.runner("db")).isPresent();
        assertThat(run.state().node("a").isLive()).as("started again").isTrue();
        assertThat(run.state().node("a").incarnation().k()).isEqualTo(2);
    }

    @Test
    void servicesThatAreThawedInTimeGoOnAsIfNothingHadBeen() {
        running("db");
        run.act(new Action.Freeze("a"));
        run.runUntil(run.now().plusMillis(2_500));
        run.act(new Action.Thaw("a"));
        run.runUntil(run.now().plusSeconds(60));

        assertThat(run.runner("db")).contains("a");
        assertThat(run.state().node("a").incarnation().k()).isEqualTo(1);
    }

    @Test
    void theDeathOfGuardOrServicesEndsTheIncarnation() {
        running("db");
        run.act(new Action.KillGuard("a"));
        run.act(new Action.KillServices("b"));
        run.runUntil(run.now().plusSeconds(60));

        assertThat(run.state().node("a").incarnation().k()).isEqualTo(2);
        assertThat(run.state().node("b").incarnation().k()).isEqualTo(2);
        assertThat(run.runner("db")).contains("a");
    }

    @Test
    void startsFailAsOftenAsTheyAreToldTo() {
        run.powerOnAll();
        run.act(new Action.FailStarts("db", null, 4));
        run.at(seconds(5), new Action.Declare(Guests.of(
                "db", ONCE_EACH, seconds(5), null, NodeRules.ANY, RequestedState.STARTED)));
        run.runUntil(seconds(120));
        assertThat(run.decided(GuestErrored.class)).hasSize(1);

        run.act(new Action.Ask(new OperatorCommand.ClearGuest("db")));
        run.runUntil(seconds(240));
        assertThat(run.decided(CommandAnswered.class)).last().satisfies(answer ->
                assertThat(answer.accepted()).isTrue());
        assertThat(run.runner("db")).isPresent();
    }

    @Test
    void aSwitchoverMovesTheGuestAndACrashRestartsIt() {
        running("db");
        run.act(new Action.Ask(new OperatorCommand.Switchover("db", "c")));
        run.runUntil(run.now().plusSeconds(10));
        assertThat(run.decided(MoveEnded.class)).singleElement().satisfies(end -> assertThat(end.arrived()).isTrue());
        assertThat(run.runner("db")).contains("c");

        run.act(new Action.Crash("db"));
        assertThat(run.runner("db")).isEmpty();
        run.runUntil(run.now().plusSeconds(10));
        assertThat(run.runner("db")).contains("c");
    }

    @Test
    void aNodeThatIsStoppedStaysStoppedUntilItIsStarted() {
        running("db");
        run.act(new Action.Stop("b"));
        run.runUntil(run.now().plusSeconds(60));
        assertThat(run.isStopped("b")).isTrue();
        assertThat(run.isOn("b")).isTrue();

        run.act(new Action.Start("b"));
        run.runUntil(run.now().plusSeconds(10));
        assertThat(run.state().node("b").isLive()).isTrue();
    }

    @Test
    void aDecisionMakerWhoseStoreFailsGoesOnElsewhereAndItsNodeLivesOn() {
        running("db");
        assertThat(run.decisionMaker()).contains("a");
        run.act(new Action.StoreFails("a"));
        run.runUntil(run.now().plusSeconds(30));
        assertThat(run.decisionMaker()).contains("b");
        assertThat(run.runner("db")).contains("a");

        List.of("b", "c").forEach(node -> run.act(new Action.StoreFails(node)));
        run.act(new Action.Ask(new OperatorCommand.RequestStop("db")));
        run.runUntil(run.now().plusSeconds(30));
        assertThat(run.decisionMaker()).isEmpty();
        assertThat(run.runner("db")).as("nobody decides").contains("a");

        run.act(new Action.StoreWorks("c"));
        run.runUntil(run.now().plusSeconds(30));
        assertThat(run.runner("db")).isEmpty();
        assertThat(run.decided(NodeLapsed.class)).isEmpty();
    }

    @Test
    void aLogThatStandsStillForLongerThanALeaseStopsGuestsAndProvesNothing() {
        running("db");
        run.act(new Action.StallLog(seconds(20)));
        run.runUntil(run.now().plusSeconds(15));
        assertThat(run.runner("db")).isEmpty();

        run.runUntil(run.now().plusSeconds(30));
        assertThat(run.runner("db")).contains("a");
        assertThat(run.decided(NodeFenced.class)).isEmpty();
    }

    @Test
    void whatIsCutOffFromReplicationIsPromotedWithTheLossItHas() {
        running("db");
        run.act(new Action.CutReplication("a", "b"));
        run.act(new Action.CutReplication("a", "c"));
        run.runUntil(run.now().plusSeconds(60));
        run.act(new Action.PowerOff("a"));
        run.runUntil(run.now().plusSeconds(30));

        assertThat(run.decided(GuestRecovered.class)).singleElement()
                .satisfies(receipt -> assertThat(receipt.dataLoss()).isBetween(seconds(59), seconds(66)));
    }

    @Test
    void aFourthMachineIsANodeThatDoesNotVote() {
        ScriptedRun four = new ScriptedRun(Setting.of(List.of("a", "b", "c", "d"), Timing.FAST));
        four.powerOnAll();
        four.runUntil(seconds(20));
        assertThat(four.state().settings().voters()).containsExactly("a", "b", "c");
        assertThat(four.state().node("d").isLive()).isTrue();
    }

    @Test
    void whatNamesNoNodeIsRefusedAtOnce() {
        assertThatThrownBy(() -> run.act(new Action.PowerOn("d")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no node 'd'; the nodes are [a, b, c]");
        assertThatThrownBy(() -> Setting.of(List.of("a", "b"), Timing.FAST))
                .hasMessageContaining("name 3 to 7");
    }

    private void running(String guest) {
        run.powerOnAll();
        run.at(seconds(5), new Action.Declare(Guests.named(guest)));
        run.runUntil(seconds(30));
        assertThat(run.runner(guest)).contains("a");
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
