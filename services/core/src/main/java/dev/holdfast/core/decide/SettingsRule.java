package dev.holdfast.core.decide;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.TimingRule;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.NodeState;
import java.util.Locale;

/**
 * Which record of settings follows the one in force: the next version, of this cluster, with a safe timing, and only
 * when every node that may act has said in its beats that it runs the one in force. So no node is ever more than one
 * version away from what was last heard of it, also when the beats in between are lost.
 */
public final class SettingsRule {

    private SettingsRule() {}

    /** Why these settings do not come into force; null if they do. */
    public static String refusalOf(ClusterState state, ClusterSettings next) {
        ClusterSettings current = state.settings();
        String refusal = current == null ? null : refusalOfSuccessor(state, current, next);
        return refusal != null ? refusal : TimingRule.refusalOf(next.timing());
    }

    /** Why a node that runs those settings does not take these on, whoever says they are in force; null if it does. */
    public static String refusalByNode(ClusterSettings current, ClusterSettings next) {
        String refusal = refusalOfAnother(current, next);
        if (refusal == null && next.version() <= current.version()) {
            refusal = "version " + current.version() + " is taken on already";
        }
        return refusal != null ? refusal : TimingRule.refusalOf(next.timing());
    }

    private static String refusalOfAnother(ClusterSettings current, ClusterSettings next) {
        if (!next.clusterId().equals(current.clusterId())) {
            return "clusterId is " + next.clusterId() + "; this cluster is " + current.clusterId();
        }
        if (!next.voters().equals(current.voters())) {
            return "voters are fixed at init: " + current.voters();
        }
        return next.heartbeatTopicId().equals(current.heartbeatTopicId())
                ? null
                : "heartbeatTopicId is fixed at init: " + current.heartbeatTopicId();
    }

    private static String refusalOfSuccessor(ClusterState state, ClusterSettings current, ClusterSettings next) {
        String refusal = refusalOfAnother(current, next);
        if (refusal != null) {
            return refusal;
        }
        if (next.version() <= current.version()) {
            return "it was made for version " + (next.version() - 1) + ", and version " + current.version() + " by "
                    + current.who() + " is in force: look at it and ask again";
        }
        return next.version() > current.version() + 1
                ? "version " + current.version() + " is in force; the next one is " + (current.version() + 1)
                : either(refusalOfHaste(state, current), MembershipRule.refusalOf(state, next));
    }

    private static String either(String refusal, String other) {
        return refusal != null ? refusal : other;
    }

    private static String refusalOfHaste(ClusterState state, ClusterSettings current) {
        return state.nodes().values().stream()
                .filter(SettingsRule::mayAct)
                .filter(node -> node.settingsVersion() != current.version())
                .findFirst()
                .map(node -> node.name() + " (" + node.liveness().name().toLowerCase(Locale.ROOT)
                        + ") still runs version " + node.settingsVersion() + ", and version " + current.version()
                        + " is in force: one change at a time; ask again when its beats say that it has taken it on, "
                        + "or when it is fenced")
                .orElse(null);
    }

    private static boolean mayAct(NodeState node) {
        return switch (node.liveness()) {
            case LIVE, SUSPECT, LAPSED -> true;
            case ABSENT, STOPPED, FENCED -> false;
        };
    }
}
