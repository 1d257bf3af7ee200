package dev.holdfast.core.state;

import dev.holdfast.core.message.ClusterSettings;
import java.util.List;
import java.util.Map;

/**
 * What {@link ClusterState} says of the cluster as a whole: one entity beside those of its nodes and guests. Which
 * of them changed by an input is all that has to be stored of it.
 *
 * @param settings null until the first settings record was read
 * @param suspended fewer than a majority of voters are live
 * @param frozen null unless the log is in doubt
 * @param coldStart null unless a cold start is in question or under way
 * @param epochs greatest epoch ever issued or seen; epochs are never reused
 * @param answered ids of the newest commands answered, oldest first
 */
public record ClusterView(
        ClusterSettings settings, boolean suspended, Frozen frozen, ColdStart coldStart, long epochs,
        List<String> answered) {

    public ClusterView {
        answered = List.copyOf(answered);
    }

    public static ClusterView of(ClusterState state) {
        return new ClusterView(
                state.settings(), state.suspended(), state.frozen(), state.coldStart(), state.epochs(),
                state.answered());
    }

    /** The whole state, put together again from its entities. */
    public ClusterState with(Progress progress, Map<String, NodeState> nodes, Map<String, GuestState> guests) {
        return new ClusterState(
                settings, progress.nextOffset(), suspended, frozen, coldStart, epochs, progress.decisions(),
                answered, nodes, guests);
    }
}
