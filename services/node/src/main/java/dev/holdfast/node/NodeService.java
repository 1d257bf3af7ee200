package dev.holdfast.node;

/**
 * A part of a node that runs in the node process beside the broker: heartbeat, quorum, replication, recovery.
 *
 * <p>Services are started in order once the broker serves, and closed in the opposite order before it stops.
 */
public interface NodeService extends AutoCloseable {
    /** For the log, e.g. {@code heartbeat}. */
    String name();

    /** Starts and returns; the work goes on in threads of its own. @throws RuntimeException if it cannot start */
    void start();

    /** Stops in an orderly way and returns when nothing of it runs any more. */
    @Override
    void close();
}
