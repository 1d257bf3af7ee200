package dev.holdfast.replication.volume;

import java.io.IOException;

/** Bytes that should be a manifest are not one; the message says where and why. */
final class InvalidManifest extends IOException {

    InvalidManifest(String message) {
        super(message);
    }
}
