package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.message.OperatorCommand.AcceptLoss;
import dev.holdfast.core.message.OperatorCommand.ClearGuest;
import dev.holdfast.core.message.OperatorCommand.ConfirmOff;
import dev.holdfast.core.message.OperatorCommand.DrainNode;
import dev.holdfast.core.message.OperatorCommand.RemoveGuest;
import dev.holdfast.core.message.OperatorCommand.RequestStart;
import dev.holdfast.core.message.OperatorCommand.RequestStop;
import dev.holdfast.core.message.OperatorCommand.Switchover;
import dev.holdfast.core.message.Tombstone;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.Liveness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What people ask, and the answer each gets in the turn that reads it. */
class CommandsTest {

    @Test
    void everyCommandIsAnsweredUnderItsIdAndTarget() {
        Cluster cluster = Cluster.withDbOnA();

        String id = cluster.ask(new RequestStop("db"));

        ClusterEvent.CommandAnswered answer = answer(cluster);
        assertThat(answer.commandId()).isEqualTo(id);
        assertThat(answer.entity()).isEqualTo("db");
        assertThat(answer.accepted()).isTrue();
    }

    @Test
    void aSecondRecordWithTheSameIdIsIgnored() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask("same", new Switchover("db", "b"));
        cluster.orders.carryOutAll();
        cluster.mark();

        cluster.ask("same", new Switchover("db", "c"));
        cluster.ask("same", new ConfirmOff("a"));

        assertThat(cluster.events()).isEmpty();
    }

    @Test
    void anUnknownGuestIsRefusedWithTheListOfTheKnownOnes() {
        Cluster cluster = Cluster.withDbOnA();
        for (OperatorCommand.Request request : new OperatorCommand.Request[] {
            new RequestStart("bd"), new RequestStop("bd"), new RemoveGuest("bd", false), new ClearGuest("bd"),
            new AcceptLoss("bd"), new Switchover("bd", "b")}) {
            cluster.ask(request);

            assertThat(answer(cluster).accepted()).isFalse();
            assertThat(answer(cluster).answer()).isEqualTo("no guest 'bd'; the guests are [db]");
        }
    }

    @Test
    void anUnknownNodeIsRefusedWithTheListOfTheKnownOnes() {
        Cluster cluster = Cluster.withDbOnA();
        for (OperatorCommand.Request request : new OperatorCommand.Request[] {
            new DrainNode("x"), new ConfirmOff("x"), new Switchover("db", "x")}) {
            cluster.ask(request);

            assertThat(answer(cluster).accepted()).isFalse();
            assertThat(answer(cluster).answer()).isEqualTo("no node 'x'; the nodes are [a, b, c]");
        }
    }

    @Test
    void aStoppedGuestStaysStoppedUntilItIsStarted() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new RequestStop("db"));
        cluster.orders.carryOutAll();
        cluster.mark();

        cluster.beatsFor(Duration.ofMinutes(1));
        cluster.reboot("a");
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();

        cluster.ask(new RequestStart("db"));
        assertThat(cluster.startedOn()).isEqualTo("a");
    }

    @Test
    void aGuestStoppedWhileItStartsIsStoppedAsSoonAsItRuns() {
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db());

        cluster.ask(new RequestStop("db"));
        assertThat(cluster.events(GuestEvent.StopGuest.class)).isEmpty();
        cluster.orders.carryOutNext();

        assertThat(cluster.events(GuestEvent.StopGuest.class)).hasSize(1);
    }

    @Test
    void aRemovedGuestIsForgottenOnlyAfterItStopped() {
        Cluster cluster = Cluster.withDbOnA();

        cluster.read("guest.specs", "db", new Tombstone("db"));
        cluster.beatsFor(Duration.ofSeconds(5));
        assertThat(cluster.guest("db")).isNotNull();

        cluster.orders.carryOutAll();
        cluster.beatsFor(Duration.ofSeconds(1));
        assertThat(cluster.guest("db")).isNull();
        assertThat(cluster.events(GuestEvent.GuestRemoved.class)).hasSize(1);
    }

    @Test
    void aGuestOnADeadNodeIsForgottenOnlyAfterTheFence() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.crash("a");
        cluster.ask(new RemoveGuest("db", false));

        cluster.beatsFor(Duration.ofSeconds(5));
        assertThat(cluster.guest("db")).isNotNull();

        cluster.beatsFor(Cluster.TIMING.silenceUntilFenced());
        assertThat(cluster.guest("db")).isNull();
    }

    @Test
    void aGuestDeclaredAgainWhileItIsRemovedStaysWithItsData() {
        // Given a guest whose removal has begun
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new RemoveGuest("db", false));

        // When it is declared again before it stopped
        cluster.declare(Guests.db());
        cluster.orders.carryOutAll();
        cluster.beatsFor(Duration.ofSeconds(3));
        cluster.orders.carryOutAll();

        // Then it starts again from its volume, not from an empty one
        assertThat(cluster.events(GuestEvent.GuestRemoved.class)).isEmpty();
        assertThat(cluster.last(GuestEvent.StartGuest.class).newVolume()).isFalse();
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Running.class);
    }

    @Test
    void aSpecificationReadAgainDoesNotUndoWhatWasAskedSince() {
        Cluster cluster = Cluster.withDbOnA();
        var declared = cluster.inputs().stream()
                .filter(input -> input.at().topic().equals("guest.specs")).findFirst().orElseThrow();
        cluster.ask(new RequestStop("db"));
        cluster.orders.carryOutAll();
        cluster.mark();

        cluster.read("guest.specs", "db", declared.body());

        assertThat(cluster.events()).isEmpty();
    }

    @Test
    void aSpecificationUnderAnotherKeyOrForAnUnknownNodeIsRefused() {
        Cluster cluster = Cluster.ofThree();

        cluster.declare(Guests.allowedOn("a", "x"));
        assertThat(answer(cluster).answer()).contains("nodes.allowed names 'x'; the nodes are [a, b, c]");

        assertThat(cluster.state().guests()).isEmpty();
    }

    @Test
    void aSwitchoverIsRefusedWithItsReason() {
        Cluster cluster = Cluster.withDbOnA();

        cluster.ask(new Switchover("db", "a"));
        assertThat(answer(cluster).answer()).isEqualTo("db runs on a already");

        cluster.crashUntilFenced("c");
        cluster.ask(new Switchover("db", "c"));
        assertThat(answer(cluster).answer()).isEqualTo("c is fenced");

        cluster.ask(new DrainNode("b"));
        cluster.ask(new Switchover("db", null));
        assertThat(answer(cluster).answer()).contains("no node can take db", "b is being drained", "c is fenced");
    }

    @Test
    void aSwitchoverOfASuspectsGuestIsRefusedAndLeavesNoMoveBehind() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.beatsFor(Duration.ofSeconds(4), "b", "c");

        cluster.ask(new Switchover("db", "b"));

        assertThat(answer(cluster).answer()).contains("suspect");
        assertThat(cluster.db().move()).isNull();
    }

    @Test
    void clearingAGuestThatIsNotInErrorIsRefused() {
        Cluster cluster = Cluster.withDbOnA();

        cluster.ask(new ClearGuest("db"));

        assertThat(answer(cluster).answer()).isEqualTo("db is not in error");
    }

    @Test
    void anAcceptedLossNeedsAGuestThatWaits() {
        Cluster cluster = Cluster.withDbOnA();

        cluster.ask(new AcceptLoss("db"));

        assertThat(answer(cluster).accepted()).isFalse();
    }

    @Test
    void aPersonsWordThatASilentNodeIsOffCountsAtOnce() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.crash("a");
        cluster.beatsFor(Duration.ofSeconds(4));

        cluster.ask(new ConfirmOff("a"));

        assertThat(cluster.node("a").liveness()).isEqualTo(Liveness.FENCED);
        assertThat(cluster.events(NodeEvent.NodeFenced.class)).hasSize(1);
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).hasSize(1);
    }

    private static ClusterEvent.CommandAnswered answer(Cluster cluster) {
        return cluster.last(ClusterEvent.CommandAnswered.class);
    }
}
