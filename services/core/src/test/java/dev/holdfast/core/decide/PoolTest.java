package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.OperatorCommand.BeginMaintenance;
import dev.holdfast.core.message.OperatorCommand.EndMaintenance;
import dev.holdfast.core.message.OperatorCommand.RequestStart;
import dev.holdfast.core.message.OperatorCommand.RequestStop;
import dev.holdfast.core.message.OperatorCommand.Switchover;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolStanding;
import dev.holdfast.core.node.PoolState;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the pool of a node's volumes means for guests: who may come to it, who leaves it, who starts on it. */
class PoolTest {

    private static final PoolHealth WELL = used(12);
    private static final PoolHealth FULL = used(96);
    private static final PoolHealth DEGRADED =
            new PoolHealth("tank", PoolState.DEGRADED, 100, 12, 3, null, "disk2 is gone");
    private static final PoolHealth UNREADABLE =
            new PoolHealth("tank", PoolState.UNREADABLE, 0, 0, 0, null, "no answer");
    private static final PoolHealth FAULTED =
            new PoolHealth("tank", PoolState.FAULTED, 100, 12, 0, null, "two disks gone");

    private final Cluster cluster = Cluster.withDbOnA();

    // ---- what is news

    @Test
    void aPoolIsNewsWhenItIsFirstKnownAndWhenItMeansSomethingElse() {
        poolIs("b", WELL);
        poolIs("b", used(50));
        poolIs("b", DEGRADED);
        poolIs("b", FULL);
        poolIs("b", UNREADABLE);
        poolIs("b", FAULTED);
        poolIs("b", WELL);

        String leave = "; its guests leave where their policy and another node let them, and none comes";
        assertThat(cluster.events(NodeEvent.PoolChanged.class)).extracting(NodeEvent.PoolChanged::summary)
                .containsExactly(
                        "b's pool tank is well: 12 % used; guests may run there",
                        "b's pool tank needs a look: degraded, disk2 is gone, 3 errors, 12 % used; guests may run there",
                        "b's pool tank is full: 96 % used" + leave,
                        "b's pool tank cannot be read: no answer; its guests stay where they are, and none comes",
                        "b's pool tank is faulted: two disks gone" + leave,
                        "b's pool tank is well: 12 % used; guests may come to it again");
        assertThat(cluster.decisions()).filteredOn(decision -> decision.event() instanceof NodeEvent.PoolChanged)
                .extracting(decision -> decision.cause().rule()).containsOnly(Rule.POOL);
    }

    @Test
    void aPoolThatWarnsAlreadyIsNewsWhenItLosesADeviceOrDataButNotWhenItFillsOn() {
        poolIs("b", used(82));
        cluster.mark();

        poolIs("b", used(84));
        assertThat(cluster.events(NodeEvent.PoolChanged.class)).isEmpty();

        poolIs("b", new PoolHealth("tank", PoolState.DEGRADED, 100, 84, 0, null, "disk2 is gone"));
        poolIs("b", new PoolHealth("tank", PoolState.DEGRADED, 100, 84, 5, null, "disk2 is gone"));
        assertThat(cluster.events(NodeEvent.PoolChanged.class)).extracting(NodeEvent.PoolChanged::to)
                .containsExactly(PoolStanding.WARNS, PoolStanding.WARNS);
    }

    @Test
    void theNewestHealthIsKnownWithoutAnEvent() {
        poolIs("b", FULL);
        poolIs("b", used(98));

        assertThat(cluster.node("b").pool()).isEqualTo(used(98));
        assertThat(cluster.node("b").poolVerdict().health()).isEqualTo(FULL);
        assertThat(cluster.events(NodeEvent.PoolChanged.class)).hasSize(1);
    }

    @Test
    void aFullPoolIsFullUntilItHasRoomAgain() {
        poolIs("b", FULL);

        poolIs("b", used(91));
        assertThat(cluster.node("b").poolStanding()).isEqualTo(PoolStanding.FULL);

        poolIs("b", used(89));
        assertThat(cluster.node("b").poolStanding()).isEqualTo(PoolStanding.WARNS);
    }

    @Test
    void aBeatOfAnOlderIncarnationSaysNothingOfThePool() {
        Heartbeat old = cluster.machine("b").nextBeat(cluster.world());
        cluster.restart("b");
        poolIs("b", WELL);

        cluster.append(with(old, FAULTED), false);

        assertThat(cluster.node("b").poolStanding()).isEqualTo(PoolStanding.FIT);
    }

    @Test
    void whatIsKnownOfAPoolOutlivesTheIncarnationUntilTheNextOneHasHadTimeToLook() {
        poolIs("b", FULL);
        cluster.machine("b").pool = null;
        cluster.restart("b");
        assertThat(cluster.node("b").poolStanding()).isEqualTo(PoolStanding.FULL);

        while (cluster.machine("b").seq < NodeState.BEATS_UNTIL_LOOKED) {
            cluster.beat("b");
        }
        assertThat(cluster.node("b").poolStanding()).isEqualTo(PoolStanding.FULL);

        // A node that goes on naming none keeps its volumes in directories by now.
        cluster.beat("b");
        assertThat(cluster.node("b").poolStanding()).isNull();
        assertThat(cluster.last(NodeEvent.PoolChanged.class).summary()).isEqualTo("b keeps no pool any more");
    }

    // ---- who may come

    @ParameterizedTest
    @EnumSource(names = {"FULL", "UNREADABLE", "FAULTED"})
    void aPoolThatTakesNoGuestsIsNoTargetOfAFailover(PoolStanding standing) {
        poolIs("b", poolThatIs(standing));

        cluster.crashUntilFenced("a");
        cluster.orders.carryOutAll();

        assertThat(cluster.startedOn()).isEqualTo("c");
    }

    @Test
    void aDegradedPoolIsATargetLikeAnyOther() {
        poolIs("b", DEGRADED);

        cluster.crashUntilFenced("a");
        cluster.orders.carryOutAll();

        assertThat(cluster.startedOn()).isEqualTo("b");
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "UNREADABLE", "FAULTED"})
    void aGuestWhoseOnlyReplicasAreOnSuchPoolsWaitsAndSaysWhyAndStartsOnceOneIsFit(PoolStanding standing) {
        poolIs("b", poolThatIs(standing));
        poolIs("c", poolThatIs(standing));

        cluster.crashUntilFenced("a");

        assertThat(cluster.db().waiting().reason())
                .isEqualTo("no live node holds a replica on a pool that takes guests");
        assertThat(cluster.db().waiting().refused())
                .contains("b's " + poolThatIs(standing).says(standing), "c's " + poolThatIs(standing).says(standing));

        poolIs("c", used(85));
        cluster.orders.carryOutAll();
        assertThat(cluster.startedOn()).isEqualTo("c");
    }

    @Test
    void aNewGuestIsNotPlacedOnAFullPool() {
        poolIs("a", FULL);
        poolIs("b", FULL);
        cluster.orders.carryOutAll();

        cluster.declare(Guests.named("web"));

        assertThat(cluster.startedOn()).isEqualTo("c");
    }

    @Test
    void aSwitchoverToAFullPoolIsRefused() {
        poolIs("b", FULL);

        cluster.ask(new Switchover("db", "b"));

        assertThat(cluster.last(ClusterEvent.CommandAnswered.class).summary())
                .isEqualTo("refused: b's pool tank is full: 96 % used");
    }

    @Test
    void aNodeSaysWhyItTakesNoGuests() {
        poolIs("b", FULL);

        assertThat(cluster.node("b").takesGuests()).isFalse();
        assertThat(cluster.node("b").whyNoGuests()).isEqualTo("its pool tank is full: 96 % used");

        cluster.ask(new BeginMaintenance("b"));
        assertThat(cluster.node("b").whyNoGuests()).isEqualTo("in maintenance");
    }

    @Test
    void aTargetThatFillsUpWhileTheLastIncrementIsOnItsWayIsGivenUpForAnother() {
        cluster.ask(new Switchover("db", null));
        cluster.orders.carryOutNext();
        assertThat(cluster.last(GuestEvent.ReplicateFinal.class).target()).isEqualTo("b");
        cluster.orders.forgetAll();

        poolIs("b", FULL);
        cluster.beatsFor(Duration.ofSeconds(5));
        cluster.orders.carryOutAll();

        assertThat(cluster.startedOn()).isEqualTo("c");
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).dataLoss()).isZero();
    }

    @Test
    void aReplicaThatWasPromotedOnAPoolThatFilledUpMeanwhileIsNotStarted() {
        cluster.crashUntilFenced("a");
        GuestEvent.PromoteReplica promote = cluster.last(GuestEvent.PromoteReplica.class);
        assertThat(promote.node()).isEqualTo("b");

        poolIs("b", FULL);
        cluster.mark();
        cluster.orders.carryOutAll();

        assertThat(cluster.events(GuestEvent.StartGuest.class)).extracting(GuestEvent.StartGuest::node)
                .containsExactly("c");
        assertThat(cluster.events(GuestEvent.AttemptVoid.class).getFirst().reason())
                .isEqualTo("b's pool tank is full: 96 % used");
    }

    // ---- who leaves

    @ParameterizedTest
    @EnumSource(names = {"FULL", "FAULTED"})
    void aRunningGuestLeavesAFullOrFaultedPoolWithoutLoss(PoolStanding standing) {
        poolIs("a", poolThatIs(standing));
        cluster.orders.carryOutAll();

        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Running.class);
        assertThat(cluster.startedOn()).isEqualTo("b");
        assertThat(cluster.last(GuestEvent.MoveBegun.class).summary()).isEqualTo("db is to move to b: evacuation");
        assertThat(cluster.last(GuestEvent.GuestRecovered.class).dataLoss()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"WARNS", "UNREADABLE"})
    void itStaysOnOneThatOnlyWarnsOrCannotBeRead(PoolStanding standing) {
        cluster.mark();
        poolIs("a", poolThatIs(standing));

        assertThat(cluster.events(GuestEvent.class)).isEmpty();
    }

    @Test
    void itRunsOnWhereItIsIfNoOtherPoolIsFitAndSaysSoUntilThePoolHasRoomAgain() {
        poolIs("b", FULL);
        poolIs("c", UNREADABLE);
        cluster.mark();

        poolIs("a", FULL);

        assertThat(cluster.events(GuestEvent.StopGuest.class)).isEmpty();
        assertThat(cluster.last(GuestEvent.GuestWaiting.class).summary()).isEqualTo(
                "db waits: a's pool tank is full: 96 % used; the guest runs on there, as no other node can take it "
                        + "(b's pool tank is full: 96 % used; c's pool tank cannot be read: no answer)");

        poolIs("a", used(98));
        cluster.beatsFor(Duration.ofSeconds(5));
        assertThat(cluster.events(GuestEvent.GuestWaiting.class)).hasSize(1);

        poolIs("a", WELL);
        assertThat(cluster.db().waiting()).isNull();
    }

    @Test
    void itLeavesAsSoonAsAnotherPoolIsFit() {
        poolIs("b", FULL);
        poolIs("c", FULL);
        poolIs("a", FULL);

        poolIs("c", used(89));
        cluster.orders.carryOutAll();

        assertThat(cluster.startedOn()).isEqualTo("c");
    }

    @Test
    void itStaysIfItsPolicySaysSo() {
        cluster.declare(Guests.stayingOnItsPool());
        cluster.mark();

        poolIs("a", FULL);
        poolIs("a", FAULTED);

        assertThat(cluster.events(GuestEvent.class)).isEmpty();
    }

    @Test
    void oneThatCouldNotBeHandedOverStartsWhereItWasAndIsStoppedForEachOtherNodeOnce() {
        poolIs("a", FULL);
        for (String target : List.of("b", "c")) {
            assertThat(cluster.db().move().to()).isEqualTo(target);
            failFinals();
            assertThat(cluster.startedOn()).isEqualTo("a");
            assertThat(cluster.last(GuestEvent.MoveEnded.class).arrived()).isFalse();
            cluster.mark();
            cluster.orders.carryOutAll();
            cluster.beatsFor(Duration.ofSeconds(55));
            assertThat(cluster.events(GuestEvent.StopGuest.class)).isEmpty();
            cluster.beatsFor(Duration.ofSeconds(10));
        }

        cluster.beatsFor(Duration.ofMinutes(3));
        assertThat(cluster.events(GuestEvent.StopGuest.class)).isEmpty();
    }

    @Test
    void offAFaultedPoolThatCannotBeReadItIsRecoveredFromAReplicaWithItsLossStated() {
        cluster.beatsFor(Duration.ofSeconds(3));
        poolIs("a", FAULTED);
        failFinals();
        cluster.orders.carryOutAll();

        assertThat(cluster.startedOn()).isEqualTo("b");
        assertThat(cluster.last(GuestEvent.GuestRecovered.class).dataLoss()).isPositive();
        assertThat(cluster.events(GuestEvent.StartGuest.class)).extracting(GuestEvent.StartGuest::node)
                .containsExactly("a", "b");
    }

    @Test
    void butNotIfThatIsMoreThanItMayLose() {
        cluster.declare(Guests.losingAtMost(Duration.ofSeconds(1)));
        cluster.beatsFor(Duration.ofSeconds(3));
        poolIs("a", FAULTED);
        failFinals();

        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Idle.class);
        assertThat(cluster.db().waiting().reason()).contains("promoting b would lose", "more than maxDataLoss 1000 ms");
    }

    // ---- who starts where it was

    @Test
    void oneThatCrashesOnAFullPoolStartsThereIfNoOtherNodeCanTakeIt() {
        poolIs("b", FULL);
        poolIs("c", FULL);
        poolIs("a", FULL);
        cluster.mark();

        cluster.orders.crashes("db");
        cluster.beatsFor(Duration.ofSeconds(3));

        assertThat(cluster.startedOn()).isEqualTo("a");
    }

    @Test
    void oneThatIsStartedAgainOnAFullPoolGoesWhereItCanInstead() {
        cluster.ask(new RequestStop("db"));
        cluster.orders.carryOutAll();
        poolIs("a", FULL);
        cluster.mark();

        cluster.ask(new RequestStart("db"));
        cluster.orders.carryOutAll();

        assertThat(cluster.startedOn()).isEqualTo("b");
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).dataLoss()).isZero();
    }

    @Test
    void oneThatCrashesOnAPoolThatCannotBeReadStartsThere() {
        poolIs("a", UNREADABLE);
        cluster.mark();

        cluster.orders.crashes("db");
        cluster.beatsFor(Duration.ofSeconds(3));

        assertThat(cluster.startedOn()).isEqualTo("a");
    }

    @Test
    void oneThatCrashesOnAFaultedPoolNeverStartsThereWhateverItsPolicy() {
        cluster.declare(Guests.stayingOnItsPool());
        poolIs("a", FAULTED);
        cluster.mark();

        cluster.orders.crashes("db");
        cluster.beatsFor(Duration.ofSeconds(3));
        cluster.orders.carryOutAll();

        assertThat(cluster.events(GuestEvent.StartGuest.class)).extracting(GuestEvent.StartGuest::node)
                .containsExactly("b");
    }

    @Test
    void oneThatCrashesOnAFaultedPoolWaitsForItIfNoOtherNodeCanTakeIt() {
        poolIs("b", FULL);
        poolIs("c", FULL);
        poolIs("a", FAULTED);
        cluster.mark();

        cluster.orders.crashes("db");
        cluster.beatsFor(Duration.ofSeconds(3));
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();
        assertThat(cluster.last(GuestEvent.GuestWaiting.class).summary())
                .contains("it must leave a", "b's pool tank is full: 96 % used");

        poolIs("a", WELL);
        assertThat(cluster.startedOn()).isEqualTo("a");
    }

    @Test
    void oneThatFailsWhereItWasSentGoesBackToTheFullPoolIfNoThirdNodeCanTakeIt() {
        poolIs("c", FULL);
        poolIs("a", FULL);
        cluster.orders.carryOutNext();
        cluster.orders.carryOutNext();
        cluster.orders.carryOutNext();
        assertThat(cluster.startedOn()).isEqualTo("b");
        for (int failed = 0; failed <= Guests.PATIENT.maxRestarts(); failed++) {
            cluster.orders.startFailed("db", false);
            cluster.beatsFor(Duration.ofSeconds(30));
            while (cluster.db().phase() instanceof GuestPhase.Handing
                    || cluster.db().phase() instanceof GuestPhase.Promoting) {
                cluster.orders.carryOutNext();
            }
        }

        assertThat(cluster.events(GuestEvent.MoveEnded.class).getFirst().arrived()).isFalse();
        assertThat(cluster.startedOn()).isEqualTo("a");
    }

    // ---- who comes back

    @Test
    void aGuestGoesBackToItsPreferredNodeOnlyOnceThatPoolHasRoom() {
        cluster.declare(Guests.belongingOn("a"));
        poolIs("a", FULL);
        cluster.orders.carryOutAll();
        cluster.replicated("db", "a", "c");
        assertThat(cluster.startedOn()).isEqualTo("b");

        poolIs("a", used(92));
        cluster.beatsFor(Duration.ofSeconds(90));
        assertThat(cluster.db().move()).isNull();

        poolIs("a", used(89));
        cluster.orders.carryOutAll();
        assertThat(cluster.startedOn()).isEqualTo("a");
    }

    @Test
    void aNodeInMaintenanceWithAFullPoolTakesNobodyWhenItsMaintenanceEnds() {
        poolIs("b", FULL);
        cluster.ask(new BeginMaintenance("b"));
        cluster.ask(new EndMaintenance("b"));

        cluster.crashUntilFenced("a");
        cluster.orders.carryOutAll();

        assertThat(cluster.startedOn()).isEqualTo("c");
    }

    // ---- the fold

    @Test
    void whoeverReadsTheLogAgainComesToTheSameDecisions() {
        poolIs("a", FULL);
        cluster.orders.carryOutAll();
        poolIs("b", FAULTED);
        poolIs("a", used(89));
        failFinals();
        cluster.orders.carryOutAll();

        ClusterState state = ClusterState.EMPTY;
        List<Decision> decisions = new ArrayList<>();
        for (Input input : cluster.inputs()) {
            DecisionMaker.Outcome outcome = DecisionMaker.decide(state, input);
            state = outcome.state();
            decisions.addAll(outcome.decisions());
        }
        assertThat(decisions).isEqualTo(cluster.decisions());
        assertThat(state).isEqualTo(cluster.state());
    }

    // ---- what happens to a pool

    private void poolIs(String node, PoolHealth health) {
        cluster.machine(node).pool = health;
        cluster.beat(node);
    }

    /** Whatever last increment is asked for from now on fails, as long as one is. */
    private void failFinals() {
        for (int tries = 0; tries < 12; tries++) {
            List<GuestEvent.GuestOrder> open = cluster.orders.open();
            if (open.isEmpty()) {
                cluster.beatsFor(Duration.ofSeconds(10));
            } else if (open.getFirst() instanceof GuestEvent.ReplicateFinal last) {
                cluster.orders.forgetAll();
                cluster.report(new ReplicaReport.ReplicationFailed(
                        last.guest(), last.node(), last.incarnation(), last.target(), "cannot be read", 3));
            } else if (open.getFirst() instanceof GuestEvent.StopGuest) {
                cluster.orders.carryOutNext();
            } else {
                return;
            }
        }
    }

    private static Heartbeat with(Heartbeat beat, PoolHealth pool) {
        return new Heartbeat(
                beat.node(), beat.topicId(), beat.incarnation(), beat.bootId(), beat.seq(), beat.seen(),
                beat.ackedSeq(), beat.ackedOffset(), beat.sentAt(), beat.lease(), beat.wd(), beat.guardKind(),
                beat.settingsVersion(), beat.running(), pool);
    }

    private static PoolHealth used(int percent) {
        return new PoolHealth("tank", PoolState.ONLINE, 100, percent, 0, null, "");
    }

    private static PoolHealth poolThatIs(PoolStanding standing) {
        return switch (standing) {
            case FIT -> WELL;
            case WARNS -> DEGRADED;
            case FULL -> FULL;
            case UNREADABLE -> UNREADABLE;
            case FAULTED -> FAULTED;
        };
    }
}
