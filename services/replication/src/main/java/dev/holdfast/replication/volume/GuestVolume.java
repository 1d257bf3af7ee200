package dev.holdfast.replication.volume;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What the directory driver keeps in memory of one guest. Nothing here is needed after a restart. */
final class GuestVolume {

    final VolumeLayout layout;
    final SnapshotStore store;

    /** Snapshot, promote and set aside: whoever reads or replaces live. */
    final ReentrantLock liveLock = new ReentrantLock();

    final ReentrantLock receiveLock = new ReentrantLock();

    private final Map<String, Integer> uses = new HashMap<>();
    private Remembered remembered = new Remembered("", Map.of());

    /** Live files as they were, quiet, when the snapshot was taken. */
    private record Remembered(String snapshot, Map<String, LiveFile> files) {}

    GuestVolume(VolumeLayout layout) {
        this.layout = layout;
        this.store = new SnapshotStore(layout);
    }

    /** Under {@link #liveLock}. */
    Map<String, LiveFile> known(String snapshot) {
        return remembered.snapshot.equals(snapshot) ? remembered.files : Map.of();
    }

    /** Under {@link #liveLock}. */
    void remember(String snapshot, Map<String, LiveFile> files) {
        remembered = new Remembered(snapshot, files);
    }

    /** Finds a snapshot and keeps it from being deleted until {@link #release}. */
    synchronized Optional<Stored> use(String snapshot) {
        Optional<Stored> found = store.find(snapshot);
        found.ifPresent(stored -> uses.merge(snapshot, 1, Integer::sum));
        return found;
    }

    synchronized void release(String snapshot) {
        uses.computeIfPresent(snapshot, (id, count) -> count == 1 ? null : count - 1);
    }

    synchronized boolean deleteUnlessUsed(String snapshot) throws IOException {
        if (uses.containsKey(snapshot)) {
            return false;
        }
        store.delete(snapshot);
        return true;
    }
}
