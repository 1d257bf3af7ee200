package dev.holdfast.guard.protocol;

import java.io.IOException;

/** Bytes that are no message of this protocol; the connection they came from cannot be read any further. */
public final class MalformedFrame extends IOException {

    MalformedFrame(Throwable cause) {
        super("malformed frame: " + cause.getMessage(), cause);
    }
}
