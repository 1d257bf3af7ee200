package dev.holdfast.core.state;

/**
 * How far the decision maker has come. It changes with every input and is therefore an entity of its own, apart from
 * {@link ClusterView}, which is larger and changes rarely.
 *
 * @param nextOffset offset expected next on the heartbeat log; -1 before the first record
 * @param decisions sequence number of the newest decision
 */
public record Progress(long nextOffset, long decisions) {

    public static Progress of(ClusterState state) {
        return new Progress(state.nextOffset(), state.decisions());
    }
}
