package dev.holdfast.core.model.coldstart;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.ColdStart;
import java.time.Duration;

/** What a decision maker that lacks one clause of the rule would make of its state. */
final class Mistakes {

    private Mistakes() {}

    /** After the whole cluster was down it goes on as if one node had failed. */
    static ClusterState nothingIsNoticed(ClusterState state) {
        return with(state, state.settings(), null);
    }

    /** It waits until more than half are back, and not until all are. */
    static ClusterState aMajorityIsEnough(ClusterState state) {
        ColdStart cold = state.coldStart();
        return cold != null && cold.noticed() ? with(state, state.settings(), null) : state;
    }

    /** A voter that was never there before counts as one that was there all the time. */
    static ClusterState aNewcomerKnows(ClusterState state) {
        ColdStart cold = state.coldStart();
        boolean newcomer = cold != null && cold.returned().contains("c") && state.node("c").incarnation().boot() == 1;
        return newcomer ? with(state, state.settings(), null) : state;
    }

    /** A quarter of a minute, for machines that take longer to boot. */
    static ClusterState shortWait(ClusterState state) {
        ClusterSettings given = state.settings();
        return with(
                state,
                new ClusterSettings(
                        given.version(), given.clusterId(), given.heartbeatTopicId(), given.voters(), given.timing(),
                        Duration.ofSeconds(15), given.suspectRounds(), given.who(), given.why()),
                state.coldStart());
    }

    private static ClusterState with(ClusterState state, ClusterSettings settings, ColdStart cold) {
        return new ClusterState(
                settings, state.nextOffset(), state.suspended(), state.frozen(), cold, state.epochs(),
                state.decisions(), state.answered(), state.nodes(), state.guests());
    }
}
