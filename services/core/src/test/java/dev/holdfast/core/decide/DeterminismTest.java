package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.OperatorCommand.Switchover;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.ClusterView;
import dev.holdfast.core.state.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever folds the same inputs comes to the same decisions. */
class DeterminismTest {

    @Test
    void theSameInputsGiveEqualDecisionsAndState() {
        Cluster cluster = eventful();

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

    @Test
    void aStateThatWasStoredAndPutTogetherAgainGoesOnAlike() {
        Cluster cluster = eventful();

        ClusterState state = ClusterState.EMPTY;
        List<Decision> decisions = new ArrayList<>();
        for (Input input : cluster.inputs()) {
            ClusterState stored = ClusterView.of(state).with(
                    Progress.of(state), new HashMap<>(state.nodes()), new HashMap<>(state.guests()));
            DecisionMaker.Outcome outcome = DecisionMaker.decide(stored, input);
            state = outcome.state();
            decisions.addAll(outcome.decisions());
        }

        assertThat(decisions).isEqualTo(cluster.decisions());
    }

    @Test
    void decisionsAreNumberedWithoutAGapAndNameTheInputTheyFollow() {
        Cluster cluster = eventful();

        List<Decision> decisions = cluster.decisions();
        for (int i = 0; i < decisions.size(); i++) {
            assertThat(decisions.get(i).sequence()).isEqualTo(i + 1L);
        }
        assertThat(cluster.inputs()).extracting(Input::at)
                .containsAll(decisions.stream().map(decision -> decision.cause().input()).toList());
    }

    /** A failover, a return, a switchover, a gap. */
    private static Cluster eventful() {
        Cluster cluster = Cluster.withDbOnA();
        cluster.declare(Guests.named("web"));
        cluster.crashUntilFenced("a");
        cluster.orders.carryOutAll();
        cluster.reboot("a");
        cluster.orders.carryOutAll();
        cluster.replicated("db", "a", "c");
        cluster.ask(new Switchover("db", "a"));
        cluster.orders.carryOutAll();
        cluster.logLoses(2);
        cluster.beatsFor(Duration.ofSeconds(20));
        return cluster;
    }
}
