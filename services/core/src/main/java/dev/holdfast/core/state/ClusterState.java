package dev.holdfast.core.state;

import dev.holdfast.core.message.ClusterSettings;
import java.util.List;
import java.util.Map;

/**
 * All that the decision maker knows: a fold of the log, and nothing else.
 *
 * @param settings null until the first settings record was read
 * @param nextOffset offset expected next on the heartbeat log; -1 before the first record
 * @param suspended fewer than a majority of voters are live
 * @param frozen null unless the log is in doubt
 * @param coldStart null unless a cold start is in question or under way
 * @param epochs greatest epoch ever issued or seen; epochs are never reused
 * @param decisions sequence number of the newest decision
 * @param answered ids of the newest commands answered, oldest first, at most {@link #ANSWERED_KEPT}
 */
public record ClusterState(
        ClusterSettings settings,
        long nextOffset,
        boolean suspended,
        Frozen frozen,
        ColdStart coldStart,
        long epochs,
        long decisions,
        List<String> answered,
        Map<String, NodeState> nodes,
        Map<String, GuestState> guests) {

    /** How many command ids are remembered against repetition. */
    public static final int ANSWERED_KEPT = 256;

    public static final ClusterState EMPTY =
            new ClusterState(null, -1, false, null, null, 0, 0, List.of(), Map.of(), Map.of());

    public ClusterState {
        answered = List.copyOf(answered);
        nodes = Sorted.map(nodes);
        guests = Sorted.map(guests);
    }

    public boolean isVoter(String node) {
        return settings != null && settings.voters().contains(node);
    }

    /** Whether it is configured, as a voter or not. */
    public boolean isNode(String node) {
        return isVoter(node) || settings != null && settings.nonVoter(node).isPresent();
    }

    /** The node's state; ABSENT if it never beat. */
    public NodeState node(String name) {
        NodeState node = nodes.get(name);
        return node == null ? NodeState.absent(name) : node;
    }

    /** How many voters are live. */
    public int liveVoters() {
        int live = 0;
        for (String voter : settings.voters()) {
            live += node(voter).isLive() ? 1 : 0;
        }
        return live;
    }

    /** Newest offset of the heartbeat log consumed; -1 for none. */
    public long logOffset() {
        return nextOffset - 1;
    }

    /** This state as if the nodes and the settings were others. */
    public ClusterState with(ClusterSettings otherSettings, Map<String, NodeState> otherNodes) {
        return new ClusterState(
                otherSettings, nextOffset, suspended, frozen, coldStart, epochs, decisions, answered, otherNodes, guests);
    }

    ClusterState withNode(NodeState node) {
        return new ClusterState(
                settings, nextOffset, suspended, frozen, coldStart, epochs, decisions, answered,
                Sorted.with(nodes, node.name(), node), guests);
    }

    ClusterState withGuest(GuestState guest) {
        return new ClusterState(
                settings, nextOffset, suspended, frozen, coldStart, epochs, decisions, answered, nodes,
                Sorted.with(guests, guest.name(), guest));
    }

    ClusterState withoutGuest(String name) {
        return new ClusterState(
                settings, nextOffset, suspended, frozen, coldStart, epochs, decisions, answered, nodes,
                Sorted.without(guests, name));
    }

    ClusterState withSettings(ClusterSettings next) {
        return new ClusterState(
                next, nextOffset, suspended, frozen, coldStart, epochs, decisions, answered, nodes, guests);
    }

    ClusterState withNextOffset(long next) {
        return new ClusterState(
                settings, next, suspended, frozen, coldStart, epochs, decisions, answered, nodes, guests);
    }

    ClusterState withSuspended(boolean next) {
        return new ClusterState(
                settings, nextOffset, next, frozen, coldStart, epochs, decisions, answered, nodes, guests);
    }

    ClusterState withFrozen(Frozen next) {
        return new ClusterState(
                settings, nextOffset, suspended, next, coldStart, epochs, decisions, answered, nodes,
                guests);
    }

    ClusterState withColdStart(ColdStart next) {
        return new ClusterState(
                settings, nextOffset, suspended, frozen, next, epochs, decisions, answered, nodes, guests);
    }

    ClusterState withEpoch(long seen) {
        return new ClusterState(
                settings, nextOffset, suspended, frozen, coldStart, Math.max(epochs, seen), decisions, answered, nodes, guests);
    }

    ClusterState withAnswered(List<String> ids) {
        return new ClusterState(
                settings, nextOffset, suspended, frozen, coldStart, epochs, decisions, ids, nodes, guests);
    }

    /** The state after one more decision was numbered. */
    public ClusterState withDecision() {
        return new ClusterState(
                settings, nextOffset, suspended, frozen, coldStart, epochs, decisions + 1, answered, nodes,
                guests);
    }
}
