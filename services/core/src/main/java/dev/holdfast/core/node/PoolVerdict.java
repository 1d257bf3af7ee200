package dev.holdfast.core.node;

/**
 * What was decided about a node's pool.
 *
 * @param standing what it means for guests
 * @param health what the node found then; it may have found more of the same since
 */
public record PoolVerdict(PoolStanding standing, PoolHealth health) {

    /** The verdict in a few words for a person: {@code pool tank is full: 96 % used}. */
    public String says() {
        return health.says(standing);
    }
}
