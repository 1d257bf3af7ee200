package dev.holdfast.simulator.world;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What one machine holds of one guest: perhaps a live volume, and snapshots taken here or received. */
final class Volume {

    private static final int KEPT = 3;

    /** A complete snapshot. */
    record Stored(Snapshot snapshot, Content content) {}

    /** Which promotion made live. */
    record Origin(long epoch, Incarnation incarnation, String snapshot) {}

    Content live;
    Origin origin;
    private final List<Stored> snapshots = new ArrayList<>();

    void store(Stored stored) {
        if (find(stored.snapshot().id()) == null) {
            snapshots.add(stored);
        }
        snapshots.sort(Comparator.comparingLong((Stored s) -> s.snapshot().epoch())
                .thenComparingLong(s -> s.snapshot().sequence()));
        while (snapshots.size() > KEPT) {
            snapshots.removeFirst();
        }
    }

    Stored newest() {
        return snapshots.isEmpty() ? null : snapshots.getLast();
    }

    Stored find(String id) {
        for (Stored stored : snapshots) {
            if (stored.snapshot().id().equals(id)) {
                return stored;
            }
        }
        return null;
    }
}
