package dev.holdfast.replication.volume;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a node that holds the base needs to hold the snapshot too. As long as it is open, retention keeps the snapshot.
 */
public interface Increment extends AutoCloseable {

    StoredSnapshot snapshot();

    /** Id of the snapshot the other side must hold; empty for a full copy. */
    Optional<String> base();

    /** Length of the whole stream; empty if the storage does not know it before it has written it. */
    OptionalLong length();

    /** Writes the stream; may be called again. Does not close it. */
    void writeTo(OutputStream stream) throws IOException;

    @Override
    void close();
}
