package dev.holdfast.replication.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** A two-way connection. One thread reads, another may write, and any may close it. */
public interface Connection extends Closeable {

    InputStream input();

    /** A write waits while the other side does not read: nothing is kept beyond a small, fixed buffer. */
    OutputStream output();

    /** Says that nothing more will be written. What the other side still sends can be read. */
    void endOutput() throws IOException;

    /** What is at the other end, for messages. */
    String name();

    /**
     * What the carrier itself said about its failure, beyond what the failed read or write says. Ask only after one of
     * them failed or the input ended; may wait a moment for the carrier's last words.
     */
    default Optional<String> complaint() {
        return Optional.empty();
    }

    /** Ends it now: a read or write that waits in another thread fails. What this side holds for it is given back. */
    @Override
    void close();
}
