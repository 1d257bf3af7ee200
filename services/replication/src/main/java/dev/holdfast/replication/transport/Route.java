package dev.holdfast.replication.transport;

import java.io.IOException;
import java.time.Duration;

/** The way to one target. Opening it is all that differs between the ways. */
public interface Route {

    /**
     * Opens a connection of its own. It may still be on its way when this returns: then a failure to get there shows as
     * the end of its input, with a {@link Connection#complaint}.
     *
     * @param within how long getting there may take
     * @throws IOException if it is known at once that the target cannot be reached
     */
    Connection open(Duration within) throws IOException;

    /** Where it leads, for messages. */
    String name();
}
