package dev.holdfast.core.decide;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.ColdStart;
import dev.holdfast.core.state.Frozen;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;

/**
 * Second stage: may anything be decided? Settings, the majority of live voters, the freeze of R10, cold start.
 */
final class Quorum implements Stage {

    @Override
    public void run(Turn turn) {
        if (turn.input().body() instanceof ClusterSettings settings) {
            onSettings(turn, settings);
        }
        if (turn.state().settings() == null) {
            return;
        }
        checkMajority(turn);
        checkThaw(turn);
        checkColdStart(turn);
    }

    private static void onSettings(Turn turn, ClusterSettings settings) {
        String refusal = SettingsRule.refusalOf(turn.state(), settings);
        turn.decide(Rule.OPERATOR, refusal == null
                ? new ClusterEvent.SettingsApplied(settings)
                : new ClusterEvent.SettingsRefused(settings.version(), refusal));
    }

    private static void checkMajority(Turn turn) {
        ClusterState state = turn.state();
        int voters = state.settings().voters().size();
        int live = state.liveVoters();
        boolean reached = Majority.reached(live, voters);
        if (!reached && !state.suspended()) {
            turn.decide(Rule.MAJORITY, new ClusterEvent.DecisionsSuspended(live, voters));
        } else if (reached && state.suspended()) {
            turn.decide(Rule.MAJORITY, new ClusterEvent.DecisionsResumed(live, voters));
        }
    }

    private static void checkThaw(Turn turn) {
        ClusterState state = turn.state();
        Frozen frozen = state.frozen();
        if (frozen != null
                && frozen.since().hasPassed(Silence.longest(state), state.nodes())
                && state.settings().nodes().stream().allMatch(node -> isKnownSince(state, node, frozen))) {
            turn.decide(Rule.R10_FREEZE, new ClusterEvent.ClusterThawed(
                    "every node has beaten since or is fenced, and nothing from before can still run unseen"));
        }
    }

    /** A node that was added and never beat was never ordered to start anything. */
    private static boolean isKnownSince(ClusterState state, String name, Frozen frozen) {
        NodeState node = state.node(name);
        return node.liveness() == Liveness.FENCED
                || node.lastOffset() > frozen.since().since()
                || node.liveness() == Liveness.ABSENT && !state.isVoter(name);
    }

    private static void checkColdStart(Turn turn) {
        ClusterState state = turn.state();
        ColdStart cold = state.coldStart();
        if (cold == null) {
            return;
        }
        int voters = state.settings().voters().size();
        if (!cold.noticed() && Majority.reached(cold.returned().size(), voters)) {
            turn.decide(Rule.COLD_START, new ClusterEvent.ColdStartNoticed(String.join(", ", cold.returned())));
        }
        cold = turn.state().coldStart();
        Duration wait = state.settings().coldStartWait();
        if (cold.noticed() && cold.returned().size() == voters) {
            turn.decide(Rule.COLD_START, new ClusterEvent.ColdStartEnded("every voter is back"));
        } else if (cold.noticed() && cold.since().hasPassed(wait, state.nodes())) {
            turn.decide(Rule.COLD_START, new ClusterEvent.ColdStartEnded(
                    "waited " + wait.toSeconds() + " s of log time"));
        }
    }
}
