package dev.holdfast.messaging;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.ColdStart;
import dev.holdfast.core.state.Frozen;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import java.util.List;
import java.util.Map;

/**
 * What is known of the cluster as a whole: a {@link ClusterState} without its nodes and guests, which are records of
 * their own, so that no record grows with the cluster.
 *
 * @param settings null until the first settings record was read
 * @param nextOffset offset expected next on the heartbeat log; -1 before the first record
 * @param suspended fewer than a majority of voters are live
 * @param frozen null unless the log is in doubt
 * @param coldStart null unless a cold start is in question or under way
 * @param epochs greatest epoch ever issued or seen
 * @param decisions sequence number of the newest decision
 * @param entries sequence number of the newest journal entry
 * @param answered ids of the newest commands answered, oldest first
 */
public record ClusterView(
        ClusterSettings settings,
        long nextOffset,
        boolean suspended,
        Frozen frozen,
        ColdStart coldStart,
        long epochs,
        long decisions,
        long entries,
        List<String> answered)
        implements Message {

    /** Key of this record on {@code cluster.state}. */
    public static final String KEY = "cluster";

    public static ClusterView of(ClusterState state) {
        return new ClusterView(
                state.settings(), state.nextOffset(), state.suspended(), state.frozen(), state.coldStart(),
                state.epochs(), state.decisions(), state.entries(), state.answered());
    }

    /** The whole state again. */
    public ClusterState with(Map<String, NodeState> nodes, Map<String, GuestState> guests) {
        return new ClusterState(
                settings, nextOffset, suspended, frozen, coldStart, epochs, decisions, entries, answered, nodes,
                guests);
    }

    @Override
    public String summary() {
        return "cluster after decision " + decisions + " at log offset " + (nextOffset - 1)
                + (suspended ? ", decisions suspended" : "")
                + (frozen == null ? "" : ", frozen: " + frozen.reason());
    }
}
