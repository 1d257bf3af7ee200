package dev.holdfast.replication.volume;

import java.io.IOException;

/** A block is not what the manifest says. */
final class WrongContent extends IOException {

    WrongContent(String message) {
        super(message);
    }
}
