package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.OperatorCommand.RemoveGuest;
import dev.holdfast.core.message.OperatorCommand.RequestDisable;
import dev.holdfast.core.message.OperatorCommand.RequestIgnore;
import dev.holdfast.core.message.OperatorCommand.RequestStart;
import dev.holdfast.core.message.OperatorCommand.RequestStop;
import dev.holdfast.core.message.OperatorCommand.Switchover;
import dev.holdfast.core.state.GuestPhase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Started, stopped, disabled, ignored, and what is left running. */
class RequestedStateTest {

    @Test
    void whatIsDisabledStopsAndItsErrorIsCleared() {
        // Given a guest in error
        Cluster cluster = errored();

        // When it is stopped, then the error stays; when it is disabled, then it is over, and nothing starts
        cluster.ask(new RequestStop("db"));
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Errored.class);
        cluster.ask(new RequestDisable("db"));
        cluster.beatsFor(Duration.ofMinutes(1));
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Idle.class);
        assertThat(cluster.db().requested()).isEqualTo(RequestedState.DISABLED);

        // When it is started, then all its restarts are there again
        cluster.ask(new RequestStart("db"));
        assertThat(cluster.db().attempts().failures()).isZero();
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Starting.class);
    }

    @Test
    void aDeclarationCanDisableToo() {
        Cluster cluster = errored();

        cluster.declare(Guests.db().requested(RequestedState.DISABLED));

        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Idle.class);
    }

    @Test
    void nothingIsDecidedAboutWhatIsIgnored() {
        // Given
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new RequestIgnore("db"));
        cluster.mark();

        // When it is silent, and then its node dies
        cluster.orders.answers("db", false);
        cluster.ask(new Switchover("db", "b"));
        assertThat(cluster.last(ClusterEvent.CommandAnswered.class).accepted()).isFalse();
        cluster.crashUntilFenced("a");
        cluster.beatsFor(Duration.ofMinutes(1), "b", "c");

        // Then it is neither stopped, moved nor recovered; only what cannot run any more is taken from P
        assertThat(cluster.events(GuestEvent.GuestOrder.class)).isEmpty();
        assertThat(cluster.db().runners()).isEmpty();

        // When it is wanted again, then it is recovered as ever
        cluster.ask(new RequestStart("db"));
        assertThat(cluster.last(GuestEvent.PromoteReplica.class).node()).isEqualTo("b");
    }

    @Test
    void whatIsIgnoredCountsAsRunningUntilItIsDischarged() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new RequestIgnore("db"));
        cluster.crash("a");
        cluster.beatsFor(Duration.ofSeconds(3), "b", "c");

        cluster.ask(new RequestStart("db"));

        assertThat(cluster.db().runners()).hasSize(1);
        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).isEmpty();
    }

    @Test
    void whatFellSilentWhileItWasIgnoredIsRestartedWhenItIsWantedAgain() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new RequestIgnore("db"));
        cluster.orders.answers("db", false);

        cluster.ask(new RequestStart("db"));

        assertThat(cluster.last(GuestEvent.StopGuest.class).failing()).isTrue();
    }

    @Test
    void whatIsRemovedAndLeftRunningIsForgottenOnlyOnceItHasEnded() {
        // Given
        Cluster cluster = Cluster.withDbOnA();
        cluster.mark();

        // When
        cluster.ask(new RemoveGuest("db", true));
        cluster.beatsFor(Duration.ofMinutes(1));

        // Then it runs on, known as possible, and the log is in no doubt
        assertThat(cluster.events(GuestEvent.StopGuest.class)).isEmpty();
        assertThat(cluster.db().runners()).hasSize(1);
        assertThat(cluster.state().frozen()).isNull();

        // When it ends by itself
        cluster.orders.crashes("db");
        cluster.beatsFor(Duration.ofSeconds(1));
        assertThat(cluster.db()).isNull();
    }

    @Test
    void whatWasLeftRunningIsTakenUpWhereItRunsWhenItIsDeclaredAgain() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new RemoveGuest("db", true));
        cluster.mark();

        cluster.declare(Guests.db());

        assertThat(cluster.db().removing()).isFalse();
        assertThat(cluster.db().isWanted()).isTrue();
        assertThat(cluster.events(GuestEvent.StartGuest.class)).isEmpty();
    }

    @Test
    void whatDoesNotEndIsInErrorAndCountsAsRunning() {
        // Given a stop that came to nothing
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new RequestDisable("db"));
        cluster.orders.stopFailed("db");

        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Errored.class);
        assertThat(cluster.db().runners()).hasSize(1);

        // When it is disabled once more, then it is told once more
        cluster.mark();
        cluster.ask(new RequestDisable("db"));
        assertThat(cluster.events(GuestEvent.StopGuest.class)).hasSize(1);
        cluster.orders.carryOutAll();
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Idle.class);
        assertThat(cluster.db().runners()).isEmpty();
    }

    @Test
    void theErrorOfWhatDidNotEndIsOverOnceItCannotRunAnyMore() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.ask(new Switchover("db", "c"));
        cluster.orders.stopFailed("db");
        assertThat(cluster.db().isWanted()).isFalse();

        cluster.crashUntilFenced("a");

        assertThat(cluster.events(GuestEvent.PromoteReplica.class)).hasSize(1);
    }

    private static Cluster errored() {
        Cluster cluster = Cluster.withDbOnA();
        for (int i = 0; i < 6; i++) {
            cluster.orders.crashes("db");
            cluster.beatsFor(Duration.ofSeconds(10));
            if (cluster.db().phase() instanceof GuestPhase.Handing) {
                cluster.orders.carryOutAll();
            }
        }
        assertThat(cluster.db().phase()).isInstanceOf(GuestPhase.Errored.class);
        return cluster;
    }
}
