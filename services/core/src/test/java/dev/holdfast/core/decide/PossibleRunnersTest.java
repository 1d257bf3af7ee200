package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.OperatorCommand.ConfirmOff;
import dev.holdfast.core.message.OperatorCommand.RequestStart;
import dev.holdfast.core.message.OperatorCommand.RequestStop;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.GuestPhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R8: a start needs P(guest) empty; only proof empties it, never time. */
class PossibleRunnersTest {

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void theStartAddsItsRunnerInTheSameDecision() {
        Cluster cluster = Cluster.ofThree();

        cluster.declare(Guests.db());

        GuestEvent.StartGuest start = cluster.last(GuestEvent.StartGuest.class);
        assertThat(start.newVolume()).isTrue();
        assertThat(cluster.db().runners())
                .containsExactly(new Runner(start.node(), start.incarnation(), start.epoch()));
    }

    @Test
    void aStartThatIsNeverAnsweredBlocksEveryOtherForEver() {
        // Given a start that its node, alive and well, never answers
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db());
        cluster.mark();

        // When any time passes
        cluster.beatsFor(LONG);

        // Then there is no second start
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();
        assertThat(cluster.events(GuestEvent.RunnerDischarged.class)).isEmpty();
    }

    @Test
    void aStopThatIsNeverAnsweredBlocksTheNextStart() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new RequestStop("db"));
        cluster.ask(new RequestStart("db"));
        cluster.mark();

        cluster.beatsFor(LONG);

        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();
    }

    @Test
    void aReportOfAnotherEpochDischargesNothing() {
        Cluster cluster = Cluster.withDbOnA();
        Runner runner = cluster.db().runners().getFirst();

        for (long epoch : List.of(runner.epoch() - 1, runner.epoch() + 1)) {
            cluster.orders.stopped(new Runner(runner.node(), runner.incarnation(), epoch), "db", true);
        }

        assertThat(cluster.db().runners()).containsExactly(runner);
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Running.class);
    }

    @Test
    void aReportOfAnotherIncarnationOrNodeDischargesNothing() {
        Cluster cluster = Cluster.withDbOnA();
        Runner runner = cluster.db().runners().getFirst();

        cluster.orders.stopped(new Runner("a", new Incarnation(1, 2), runner.epoch()), "db", true);
        cluster.orders.stopped(new Runner("b", runner.incarnation(), runner.epoch()), "db", true);

        assertThat(cluster.db().runners()).containsExactly(runner);
    }

    @Test
    void exactlyTheRunnersOwnReportDischargesIt() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.mark();

        cluster.orders.crashes("db");

        assertThat(cluster.events(GuestEvent.RunnerDischarged.class)).hasSize(1);
        assertThat(cluster.db().runners()).isEmpty();
    }

    @Test
    void aSecondReportOfTheSameEndChangesNothing() {
        Cluster cluster = Cluster.withDbOnA();
        Runner runner = cluster.db().runners().getFirst();
        cluster.orders.crashes("db");
        var before = cluster.db();
        cluster.mark();

        cluster.orders.stopped(runner, "db", false);

        assertThat(cluster.db()).isEqualTo(before);
        assertThat(cluster.events()).isEmpty();
    }

    @Test
    void theNewsOfAStartThatComesAfterItsRunnerWasDischargedChangesNothing() {
        // Given a start on a that was discharged by a's fence before anything was heard of it
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db());
        GuestEvent.StartGuest start = cluster.last(GuestEvent.StartGuest.class);
        cluster.crashUntilFenced(start.node());

        // When its report comes at last
        cluster.orders.started(start);

        // Then it does not count as running
        assertThat(cluster.db().phase()).isNotInstanceOf(GuestPhase.Running.class);
        assertThat(cluster.db().runners()).isEmpty();
    }

    @Test
    void aConfirmedPowerOffDischargesAtOnce() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.crash("a");
        cluster.mark();

        cluster.report(new FenceReport("a", cluster.machine("a").incarnation, true, "b", "status reads off"));

        assertThat(cluster.db().runners()).isEmpty();
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).hasSize(1);
    }

    @Test
    void anUnconfirmedPowerOffOrOneOfAnotherIncarnationDischargesNothing() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.crash("a");

        cluster.report(new FenceReport("a", cluster.machine("a").incarnation, false, "b", "no answer"));
        cluster.report(new FenceReport("a", new Incarnation(9, 1), true, "b", "off"));

        assertThat(cluster.db().mayRunOn("a")).isTrue();
    }

    @Test
    void aPersonsWordThatThePowerIsOffIsRefusedForANodeThatBeats() {
        Cluster cluster = Cluster.withDbOnA();

        cluster.ask(new ConfirmOff("a"));

        assertThat(cluster.db().mayRunOn("a")).isTrue();
    }

    @Test
    void aNodeWithoutAWatchdogTakesNoGuest() {
        Cluster cluster = Cluster.initialised("a", "b", "c");
        cluster.machines.values().forEach(machine -> machine.guardKind = "none");
        cluster.beatsFor(Duration.ofSeconds(1));

        cluster.declare(Guests.db());

        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();
        assertThat(cluster.last(GuestEvent.GuestWaiting.class).refused()).contains("a has no guard");
    }

    @Test
    void epochsNeverRepeatAcrossFailuresMovesAndGuests() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.declare(Guests.named("web"));
        cluster.orders.carryOutAll();
        for (int i = 0; i < 3; i++) {
            cluster.orders.crashes("db");
            cluster.beatsFor(Duration.ofSeconds(10));
            cluster.orders.carryOutAll();
        }

        List<Long> epochs = cluster.events(GuestEvent.StartGuest.class).stream()
                .map(GuestEvent.StartGuest::epoch).toList();
        assertThat(epochs).doesNotHaveDuplicates().isSorted().hasSizeGreaterThan(3);
    }

    @Test
    void theReportOfAnEndThatOvertookTheNewsOfTheStartStillProvesThatItRan() {
        // Given a started guest whose GuestStarted was never heard
        Cluster cluster = Cluster.ofThree();
        cluster.declare(Guests.db());
        Runner runner = cluster.db().runners().getFirst();

        // When its end is reported
        cluster.report(new GuestReport.GuestStopped(
                "db", runner.epoch(), runner.node(), runner.incarnation(), Duration.ofHours(1), false, "exit 1"));

        // Then that node holds the newest volume
        assertThat(cluster.db().lastWriter().node()).isEqualTo(runner.node());
        assertThat(cluster.db().runners()).isEmpty();
    }
}
