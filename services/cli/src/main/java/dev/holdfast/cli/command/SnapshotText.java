package dev.holdfast.cli.command;

import dev.holdfast.core.message.Snapshot;

/** A snapshot in a few letters: epoch, sequence and the beginning of what tells it from all others. */
final class SnapshotText {

    private static final int SHORT = 8;

    private SnapshotText() {}

    /** {@code 7.12 1f0c9a3e}; null for null. */
    static String of(Snapshot snapshot) {
        return snapshot == null
                ? null
                : snapshot.epoch() + "." + snapshot.sequence() + " " + shortId(snapshot.id());
    }

    /** The same of an id alone, which begins with both; null for null. */
    static String ofId(String id) {
        if (id == null) {
            return null;
        }
        String[] parts = id.split("-", 3);
        return parts.length < 3 ? shortId(id) : parts[0] + "." + parts[1] + " " + shortId(id);
    }

    private static String shortId(String id) {
        String guid = id.substring(id.lastIndexOf('-') + 1);
        return guid.substring(0, Math.min(SHORT, guid.length()));
    }
}
