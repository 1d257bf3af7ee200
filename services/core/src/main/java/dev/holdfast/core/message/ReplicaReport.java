package dev.holdfast.core.message;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/** What replication reports of a guest's volume on its node, on {@code replica.reports} under the guest's name. */
public sealed interface ReplicaReport extends Message {

    String guest();

    /** The node that reports. */
    String node();

    Incarnation incarnation();

    /**
     * Filed by the owner: a snapshot exists.
     *
     * @param pauseMs how long the guest stood still for it, in milliseconds; 0 if it was stopped
     * @param last true if it was taken of the stopped volume for a ReplicateFinal: nothing can be newer
     */
    record SnapshotTaken(
            String guest, String node, Incarnation incarnation, Snapshot snapshot, long pauseMs, boolean last)
            implements ReplicaReport {
        @Override
        public String summary() {
            return guest + " snapshot " + snapshot + ", guest paused " + pauseMs + " ms";
        }
    }

    /** Filed by the owner: the pause would have been too long, so there is no snapshot this time. */
    record SnapshotDropped(String guest, String node, Incarnation incarnation, long epoch, long pauseMs, String reason)
            implements ReplicaReport {
        @Override
        public String summary() {
            return guest + " snapshot dropped after a pause of " + pauseMs + " ms: " + reason;
        }
    }

    /** Filed by the <em>target</em> once the snapshot is complete and durable there. */
    record Replicated(
            String guest, String node, Incarnation incarnation, Snapshot snapshot, long bytes, Duration took)
            implements ReplicaReport {
        @Override
        public String summary() {
            return guest + " replicated to " + node + ": " + snapshot + ", " + bytes + " bytes in " + took.toMillis()
                    + " ms";
        }
    }

    /** Filed by the owner when a target could not be brought up to date. */
    record ReplicationFailed(
            String guest, String node, Incarnation incarnation, String target, String reason, int failures)
            implements ReplicaReport {
        @Override
        public String summary() {
            return guest + " not replicated from " + node + " to " + target + " (failure " + failures + "): " + reason;
        }
    }

    /** The replica is the guest's live volume now. */
    record ReplicaPromoted(String guest, String node, Incarnation incarnation, long epoch, Snapshot snapshot)
            implements ReplicaReport {
        @Override
        public String summary() {
            return guest + " replica promoted on " + node + " under epoch " + epoch + ": " + snapshot;
        }
    }

    /** The promotion was refused or failed; the volume is as it was. */
    record PromoteFailed(String guest, String node, Incarnation incarnation, long epoch, String reason)
            implements ReplicaReport {
        @Override
        public String summary() {
            return guest + " not promoted on " + node + " under epoch " + epoch + ": " + reason;
        }
    }

    /**
     * A superseded live volume is out of the way.
     *
     * @param epoch the epoch of the command
     * @param aside name under which what diverged is kept; empty if nothing had diverged
     * @param divergentBytes bytes that never left this node; 0 if nothing had diverged
     */
    record SetAsideDone(
            String guest, String node, Incarnation incarnation, long epoch, String aside, long divergentBytes)
            implements ReplicaReport {
        @Override
        public String summary() {
            return aside.isEmpty()
                    ? guest + " on " + node + ": superseded volume held nothing of its own"
                    : guest + " on " + node + ": divergent volume kept as " + aside + ", " + divergentBytes + " bytes";
        }
    }

    /** The volume could not be set aside; it is as it was. */
    record SetAsideFailed(String guest, String node, Incarnation incarnation, long epoch, String reason)
            implements ReplicaReport {
        @Override
        public String summary() {
            return guest + " on " + node + ": superseded volume not set aside: " + reason;
        }
    }
}
