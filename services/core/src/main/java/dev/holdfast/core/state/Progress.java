package dev.holdfast.core.state;

/**
 * How far the decision maker has come. It changes with every input and is therefore an entity of its own, apart from
 * {@link ClusterView}, which is larger and changes rarely.
 *
 * @param nextOffset offset expected next on the heartbeat log; -1 before the first record
 * @param decisions sequence number of the newest decision
 * @param entries sequence number of the newest journal entry
 */
public record Progress(long nextOffset, long decisions, long entries) {

    public static Progress of(ClusterState state) {
        return new Progress(state.nextOffset(), state.decisions(), state.entries());
    }
}
