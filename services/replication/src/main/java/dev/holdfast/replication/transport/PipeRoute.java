package dev.holdfast.replication.transport;

import java.io.IOException;
import java.time.Duration;

/**
 * To a target in this process, without the network.
 *
 * @param name of the target, for messages
 * @param target takes the far end of each pipe
 */
public record PipeRoute(String name, Taker target) implements Route {

    /** What takes connections that no socket brought. */
    @FunctionalInterface
    public interface Taker {

        /** @throws IOException if it takes none any more */
        void take(Connection connection) throws IOException;
    }

    @Override
    public Connection open(Duration within) throws IOException {
        Pipe pipe = new Pipe("pipe to " + name);
        target.take(pipe.far());
        return pipe.near();
    }
}
