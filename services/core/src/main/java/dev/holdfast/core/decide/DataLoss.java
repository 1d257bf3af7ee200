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
     * @return zero if the snapshot is the newest state there is; null if it cannot be known, as when the owner's
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
        return behind.isNegative() ? Duration.ZERO : behind;
    }

    private static boolean isFinal(GuestState guest, Snapshot snapshot) {
        return guest.finalSnapshot() != null && guest.finalSnapshot().id().equals(snapshot.id());
    }
}
