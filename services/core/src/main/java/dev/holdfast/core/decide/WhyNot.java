package dev.holdfast.core.decide;

import dev.holdfast.core.event.Rule;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What did not happen, and why: by the same functions that decide, for whoever asks about it later. */
public final class WhyNot {

    /**
     * Why a node does not get a guest.
     *
     * @param rule by which it is refused
     * @param reason in words, the node's name in it
     */
    public record Refusal(String node, Rule rule, String reason) {}

    private WhyNot() {}

    /** Which nodes could not take the guest now, in their order, and why; a node on which it runs is no candidate. */
    public static List<Refusal> refusals(ClusterState state, GuestState guest) {
        List<Refusal> refusals = new ArrayList<>();
        if (state.settings() == null) {
            return refusals;
        }
        boolean isNew = guest.lastWriter() == null;
        for (String node : state.settings().nodes()) {
            String reason = isNew
                    ? Candidates.refusalOfNode(state, guest, node)
                    : Candidates.refusalOf(state, guest, node);
            if (reason != null && !guest.mayRunOn(node)) {
                refusals.add(new Refusal(node, ruleOf(state, guest, state.node(node)), reason));
            }
        }
        return refusals;
    }

    /** The order is that in which {@link Candidates} looks. */
    private static Rule ruleOf(ClusterState state, GuestState guest, NodeState node) {
        if (node.liveness() != Liveness.LIVE) {
            return switch (node.liveness()) {
                case FENCED -> Rule.R7_IGNORED;
                case SUSPECT -> Rule.SUSPECT;
                case LAPSED, STOPPED, ABSENT, LIVE -> Rule.OWN_REPORT;
            };
        }
        if (node.closed() != null) {
            return Rule.OPERATOR;
        }
        if (!node.hasGuard() || !guest.spec().nodes().allows(node.name())) {
            return Rule.PLACEMENT;
        }
        return node.poolTrouble() != null ? Rule.POOL : Rule.R11_PROMOTION;
    }

    /** T of rule R6 for the node's present incarnation: how long its silence must be proven before it is fenced. */
    public static Duration silenceUntilFenced(ClusterState state, NodeState node) {
        return Silence.untilFenced(state, node);
    }
}
