package dev.holdfast.replication.transfer;

import dev.holdfast.replication.transport.Route;
import java.io.Closeable;
import java.io.IOException;

/** How a test reaches a server, whole or through something that fails halfway. */
interface Way {

    Route to(ReplicaServer server);

    /**
     * @param limit bytes towards the target before it happens
     * @param cut whether the connection is cut then; it falls silent otherwise
     */
    Broken broken(ReplicaServer server, long limit, boolean cut) throws IOException;

    /** Part of what a server calls who comes this way. */
    String calledFrom();

    /** A route of one connection that fails. */
    record Broken(Route route, Closeable cause) implements Closeable {

        @Override
        public void close() throws IOException {
            cause.close();
        }
    }
}
