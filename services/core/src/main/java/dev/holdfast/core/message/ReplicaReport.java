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
     * @param missed planned snapshots of this run that were left out so far, since the one before had not ended
     * @param next the owner's witness clock when the next one is due; null if none is planned
     * @param hookFailure what went wrong with the freeze hook; null if nothing did, or there is none
     * @param command id of the command that asked for it; null if it was due
     */
    record SnapshotTaken(
            String guest, String node, Incarnation incarnation, Snapshot snapshot, long pauseMs, boolean last,
            long missed, Duration next, String hookFailure, String command)
            implements ReplicaReport {

        /** Of the stopped volume, or otherwise beside the plan of any run. */
        public SnapshotTaken(
                String guest, String node, Incarnation incarnation, Snapshot snapshot, long pauseMs, boolean last) {
            this(guest, node, incarnation, snapshot, pauseMs, last, 0, null, null, null);
        }

        @Override
        public String summary() {
            return guest + " snapshot " + snapshot + ", guest paused " + pauseMs + " ms"
                    + (hookFailure == null ? "" : ", freeze hook: " + hookFailure);
        }
    }

    /**
     * Filed by the owner: there is no snapshot this time, most often since the pause would have been too long.
     *
     * @param next the owner's witness clock when the next one is due; null if none is planned
     * @param command id of the command that asked for it; null if it was due
     */
    record SnapshotDropped(
            String guest, String node, Incarnation incarnation, long epoch, long pauseMs, String reason, Duration next,
            String command)
            implements ReplicaReport {
        @Override
        public String summary() {
            return guest + " snapshot dropped after a pause of " + pauseMs + " ms: " + reason;
        }
    }

    /**
     * Filed by the <em>target</em> once the snapshot is complete and durable there.
     *
     * @param base id of the snapshot it was built on; null if it was sent whole, or was the rest of a cut transfer
     */
    record Replicated(
            String guest, String node, Incarnation incarnation, Snapshot snapshot, long bytes, Duration took, String base)
            implements ReplicaReport {

        /** Sent whole. */
        public Replicated(
                String guest, String node, Incarnation incarnation, Snapshot snapshot, long bytes, Duration took) {
            this(guest, node, incarnation, snapshot, bytes, took, null);
        }

        @Override
        public String summary() {
            return guest + " replicated to " + node + ": " + snapshot + ", " + bytes + " bytes in " + took.toMillis()
                    + " ms";
        }
    }

    /**
     * Filed by the owner when a target could not be brought up to date.
     *
     * @param failures in a row
     * @param snapshot what was to be sent; null if there was none to send
     * @param nextTry the owner's witness clock when it is tried again; null if it is not, or not by this node
     */
    record ReplicationFailed(
            String guest, String node, Incarnation incarnation, String target, String reason, int failures,
            Snapshot snapshot, Duration nextTry)
            implements ReplicaReport {

        /** A last increment, which is not tried again unless the cluster decides so. */
        public ReplicationFailed(
                String guest, String node, Incarnation incarnation, String target, String reason, int failures) {
            this(guest, node, incarnation, target, reason, failures, null, null);
        }

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
     * @param from id of the snapshot beyond which it diverged; null if the order named none
     */
    record SetAsideDone(
            String guest, String node, Incarnation incarnation, long epoch, String aside, long divergentBytes,
            String from)
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

    /** A divergent branch is deleted, or was not there any more. */
    record DropAsideDone(String guest, String node, Incarnation incarnation, String aside) implements ReplicaReport {
        @Override
        public String summary() {
            return guest + " on " + node + ": divergent branch " + aside + " deleted";
        }
    }

    /** A divergent branch could not be deleted; what is left of it is still there. */
    record DropAsideFailed(String guest, String node, Incarnation incarnation, String aside, String reason)
            implements ReplicaReport {
        @Override
        public String summary() {
            return guest + " on " + node + ": divergent branch " + aside + " not deleted: " + reason;
        }
    }
}
