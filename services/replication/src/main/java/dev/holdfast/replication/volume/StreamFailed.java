package dev.holdfast.replication.volume;

import java.io.EOFException;
import java.io.IOException;

/** The stream failed, not the disk: a cut. */
public final class StreamFailed extends IOException {

    public StreamFailed(IOException cause) {
        super(
                cause instanceof EOFException && cause.getMessage() == null
                        ? "the stream ends early"
                        : String.valueOf(cause.getMessage()),
                cause);
    }
}
