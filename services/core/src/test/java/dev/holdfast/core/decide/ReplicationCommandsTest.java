package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.message.OperatorCommand.PauseReplication;
import dev.holdfast.core.message.OperatorCommand.RequestReplication;
import dev.holdfast.core.message.OperatorCommand.RequestStop;
import dev.holdfast.core.message.OperatorCommand.ResumeReplication;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.Replication;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What people ask about a guest's copies, and what owner and targets report of them. */
class ReplicationCommandsTest {

    private final Cluster cluster = Cluster.withDbOnA();

    @Test
    void aCopyIsOrderedFromTheIncarnationThatRunsTheGuest() {
        String id = cluster.ask(new RequestReplication("db"));

        GuestEvent.ReplicateNow order = cluster.last(GuestEvent.ReplicateNow.class);
        assertThat(new Runner(order.node(), order.incarnation(), order.epoch())).isEqualTo(runner());
        assertThat(order.command()).isEqualTo(id);
        assertThat(answer().accepted()).isTrue();
    }

    @Test
    void nothingIsAskedOfAGuestThatDoesNotRun() {
        cluster.ask(new RequestStop("db"));
        cluster.orders.carryOutAll();

        for (OperatorCommand.Request request : new OperatorCommand.Request[] {
            new RequestReplication("db"), new PauseReplication("db")}) {
            refused(request, "db is not running");
        }
        refused(new RequestReplication("bd"), "no guest 'bd'; the guests are [db]");
    }

    @Test
    void nothingIsAskedOfANodeThatMayBeGone() {
        cluster.crash("a");
        cluster.beatsFor(Duration.ofSeconds(4));

        refused(new PauseReplication("db"), "db runs on a, which is suspect");
    }

    @Test
    void aPausedGuestStaysPausedUnderItsNextOwner() {
        cluster.ask(new PauseReplication("db"));
        GuestEvent.HoldReplication first = cluster.last(GuestEvent.HoldReplication.class);
        assertThat(first.hold()).isTrue();
        assertThat(first.node()).isEqualTo("a");

        cluster.crashUntilFenced("a");
        cluster.orders.carryOutAll();

        GuestEvent.HoldReplication second = cluster.last(GuestEvent.HoldReplication.class);
        assertThat(new Runner(second.node(), second.incarnation(), second.epoch())).isEqualTo(runner());
        assertThat(second.node()).isNotEqualTo("a");
        assertThat(second.hold()).isTrue();
        assertThat(cluster.db().replication().hold()).isEqualTo(new Replication.Hold("test", "because"));
    }

    @Test
    void whatWasLostThroughAPauseIsStatedAsAnyLoss() {
        cluster.ask(new PauseReplication("db"));
        cluster.beatsFor(Duration.ofSeconds(60));

        cluster.crashUntilFenced("a");

        assertThat(cluster.last(GuestEvent.PromoteReplica.class).dataLoss()).isGreaterThan(Duration.ofSeconds(55));
    }

    @Test
    void aResumedGuestIsCopiedAgain() {
        cluster.ask(new PauseReplication("db"));

        cluster.ask(new ResumeReplication("db"));

        assertThat(cluster.last(GuestEvent.HoldReplication.class).hold()).isFalse();
        assertThat(cluster.db().replication().isPaused()).isFalse();
        refused(new ResumeReplication("db"), "the replication of db is not paused");
    }

    @Test
    void aPauseCanBeLiftedWhileTheGuestRunsNowhere() {
        cluster.ask(new PauseReplication("db"));
        cluster.ask(new RequestStop("db"));
        cluster.orders.carryOutAll();
        cluster.ask(new ResumeReplication("db"));
        assertThat(answer().accepted()).isTrue();
        cluster.mark();

        cluster.ask(new OperatorCommand.RequestStart("db"));
        cluster.orders.carryOutAll();

        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Running.class);
        assertThat(cluster.events(GuestEvent.HoldReplication.class)).isEmpty();
    }

    @Test
    void failuresOfATargetAreCountedUntilACopyArrives() {
        Snapshot snapshot = cluster.orders.snapshot(runner().epoch(), "a");
        cluster.report(new ReplicaReport.SnapshotTaken(
                "db", "a", runner().incarnation(), snapshot, 5, false, 2, Duration.ofHours(2), "freeze: exit 1", null));
        cluster.report(failed(snapshot));

        Replication known = cluster.db().replication();
        assertThat(known.taken()).isEqualTo(snapshot);
        assertThat(known.missed()).isEqualTo(2);
        assertThat(known.problem()).isEqualTo("freeze: exit 1");
        assertThat(known.targets().get("b")).satisfies(target -> {
            assertThat(target.failures()).isEqualTo(3);
            assertThat(target.reason()).isEqualTo("no route");
            assertThat(target.nextTry()).isEqualTo(Duration.ofHours(1));
        });

        cluster.orders.arrived("db", "b", cluster.machine("b").incarnation, snapshot);

        assertThat(cluster.db().replication().targets().get("b")).satisfies(target -> {
            assertThat(target.failures()).isZero();
            assertThat(target.bytes()).isEqualTo(1000);
            assertThat(target.arrived()).isEqualTo(cluster.node("a").sentAt());
        });
    }

    @Test
    void whatAnEarlierOwnerReportsIsOver() {
        Snapshot snapshot = cluster.orders.snapshot(runner().epoch(), "a");
        ReplicaReport late = failed(snapshot);
        cluster.crashUntilFenced("a");
        cluster.orders.carryOutAll();

        cluster.report(late);

        assertThat(cluster.db().replication().targets()).isEmpty();
    }

    private ReplicaReport failed(Snapshot snapshot) {
        return new ReplicaReport.ReplicationFailed(
                "db", "a", runner().incarnation(), "b", "no route", 3, snapshot, Duration.ofHours(1));
    }

    private void refused(OperatorCommand.Request request, String sentence) {
        cluster.ask(request);
        assertThat(answer().accepted()).isFalse();
        assertThat(answer().answer()).isEqualTo(sentence);
    }

    private Runner runner() {
        return ((GuestPhase.Running) cluster.db().phase()).runner();
    }

    private ClusterEvent.CommandAnswered answer() {
        return cluster.last(ClusterEvent.CommandAnswered.class);
    }
}
