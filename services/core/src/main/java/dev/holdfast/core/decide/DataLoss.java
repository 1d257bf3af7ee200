package dev.holdfast.core.decide;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.LastWriter;
import java.time.Duration;

/** What would be lost by promoting a snapshot: the owner's life after it, on the owner's own clock. */
final class DataLoss {

    private DataLoss() {}

    /**
     * The owner's last beat minus the snapshot, plus one beat, since it may have written until just before the
     * next one.
     *
     * <p>A snapshot may have been taken after the last beat that reached the log: then the owner was cut off and went
     * on writing, so nothing but the snapshot of the stopped volume is ever called complete.
     *
     * @return zero only if the snapshot is the newest state there is; null if it cannot be known, as when the owner's
     *     clock began anew between the two
     */
    static Duration of(ClusterState state, GuestState guest, Snapshot snapshot) {
        LastWriter writer = guest.lastWriter();
        if (writer == null || isFinal(guest, snapshot)) {
            return Duration.ZERO;
        }
        boolean sameClock = writer.lastSentAt() != null
                && writer.node().equals(snapshot.owner())
                && writer.incarnation().boot() == snapshot.ownerIncarnation().boot();
        if (!sameClock) {
            return null;
        }
        Duration behind = writer.lastSentAt().minus(snapshot.takenAt()).plus(state.settings().timing().beat());
        Duration beat = state.settings().timing().beat();
        return behind.compareTo(beat) < 0 ? beat : behind;
    }

    private static boolean isFinal(GuestState guest, Snapshot snapshot) {
        return guest.finalSnapshot() != null && guest.finalSnapshot().id().equals(snapshot.id());
    }
}
