package dev.holdfast.core.event;

import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.Move;
import java.time.Duration;
import java.util.List;

/** A decision about a guest. */
public sealed interface GuestEvent extends Event {

    String guest();

    @Override
    default String entity() {
        return guest();
    }

    /** A decision that a node carries out: it also goes to a command topic, keyed by guest. */
    sealed interface GuestOrder extends GuestEvent, Message {

        long epoch();

        String node();

        Incarnation incarnation();

        @Override
        String summary();
    }

    /** An order to recovery, on {@code guest.commands}. */
    sealed interface GuestCommand extends GuestOrder {}

    /** An order to replication, on {@code replica.commands}. */
    sealed interface ReplicaCommand extends GuestOrder {}

    /** Declared, or its specification changed. */
    record GuestDeclared(String guest, GuestSpec spec) implements GuestEvent {
        @Override
        public String summary() {
            return guest + " declared, to be " + spec.requestedState().name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * To be forgotten as soon as nothing can run it.
     *
     * @param leaveRunning whether it is left running until it ends by itself
     */
    record GuestRemoving(String guest, boolean leaveRunning) implements GuestEvent {
        @Override
        public String summary() {
            return guest + (leaveRunning ? " is left alone, and forgotten once it has ended" : " is being removed");
        }
    }

    /** Forgotten; its volumes stay where they are. */
    record GuestRemoved(String guest) implements GuestEvent {
        @Override
        public String summary() {
            return guest + " removed; its volumes stay on the nodes";
        }
    }

    /** A person wants it started or stopped. */
    record GuestRequested(String guest, RequestedState state) implements GuestEvent {
        @Override
        public String summary() {
            return guest + " is wanted " + state.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** It is to leave the live node it runs on. */
    record MoveBegun(String guest, Move move) implements GuestEvent {
        @Override
        public String summary() {
            return guest + " is to move" + (move.to() == null ? "" : " to " + move.to()) + ": "
                    + move.purpose().name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The move ended, by arriving or by being given up. */
    record MoveEnded(String guest, boolean arrived, String reason) implements GuestEvent {
        @Override
        public String summary() {
            return guest + (arrived ? " moved: " : " not moved: ") + reason;
        }
    }

    /**
     * It should run and does not, and this is why; the current one replaces the one before.
     *
     * @param refused for each candidate node why it was refused
     */
    record GuestWaiting(String guest, String reason, List<String> refused) implements GuestEvent {

        public GuestWaiting {
            refused = List.copyOf(refused);
        }

        @Override
        public String summary() {
            return guest + " waits: " + reason + (refused.isEmpty() ? "" : " (" + String.join("; ", refused) + ")");
        }
    }

    /**
     * Make a replica the live volume.
     *
     * @param minimum the replica promoted must hold at least this
     * @param dataLoss what is lost by it: the owner's last beat minus the snapshot; zero for none, null if unknown
     */
    record PromoteReplica(
            String guest, long epoch, String node, Incarnation incarnation, Snapshot minimum, Duration dataLoss)
            implements ReplicaCommand {
        @Override
        public String summary() {
            return guest + ": promote replica on " + node + " under epoch " + epoch + ", at least " + minimum;
        }
    }

    /** Send the last increment of the stopped volume from its owner to the target. */
    record ReplicateFinal(
            String guest, long epoch, String node, Incarnation incarnation, String target,
            Incarnation targetIncarnation)
            implements ReplicaCommand {
        @Override
        public String summary() {
            return guest + ": last increment from " + node + " to " + target;
        }
    }

    /**
     * Move a superseded live volume out of the way, keeping what diverged.
     *
     * @param epoch the epoch that superseded it
     * @param promoted id of the snapshot that was promoted elsewhere last: what the volume holds beyond it has
     *     diverged; null if none ever was
     */
    record SetAside(String guest, long epoch, String node, Incarnation incarnation, String promoted)
            implements ReplicaCommand {
        @Override
        public String summary() {
            return guest + ": set aside the volume on " + node + ", superseded by epoch " + epoch;
        }
    }

    /**
     * Take a snapshot of the running guest now and send it to every target.
     *
     * @param command id of the command that asks for it; the report of the snapshot names it
     */
    record ReplicateNow(String guest, long epoch, String node, Incarnation incarnation, String command)
            implements ReplicaCommand {
        @Override
        public String summary() {
            return guest + ": replicate now from " + node;
        }
    }

    /**
     * Take no snapshots of this run by the plan and try no transfer again, or do so again.
     *
     * @param hold true to hold, false to go on
     */
    record HoldReplication(String guest, long epoch, String node, Incarnation incarnation, boolean hold)
            implements ReplicaCommand {
        @Override
        public String summary() {
            return guest + (hold ? ": hold replication from " : ": go on with replication from ") + node;
        }
    }

    /**
     * Delete a divergent branch for good.
     *
     * @param epoch the epoch that superseded it
     * @param why who wants it gone, for people
     */
    record DropAside(String guest, long epoch, String node, Incarnation incarnation, String aside, String why)
            implements ReplicaCommand {
        @Override
        public String summary() {
            return guest + ": delete divergent branch " + aside + " on " + node + ": " + why;
        }
    }

    /** Its volume is copied no more, wherever it runs, until a person says so. */
    record ReplicationPaused(String guest, String who, String why) implements GuestEvent {
        @Override
        public String summary() {
            return guest + "'s replication is paused by " + who + (why.isBlank() ? "" : ": " + why);
        }
    }

    /** Its volume is copied again. */
    record ReplicationResumed(String guest) implements GuestEvent {
        @Override
        public String summary() {
            return guest + "'s replication goes on";
        }
    }

    /** The snapshot of the stopped volume is known; the target must have exactly it. */
    record FinalSnapshotKnown(String guest, Snapshot snapshot) implements GuestEvent {
        @Override
        public String summary() {
            return guest + ": last snapshot is " + snapshot;
        }
    }

    /** The outstanding promotion was carried out. */
    record PromotionCompleted(String guest, long epoch, String node, Snapshot snapshot, Duration dataLoss)
            implements GuestEvent {
        @Override
        public String summary() {
            return guest + " promoted on " + node + ": " + snapshot
                    + (dataLoss == null ? ", data loss unknown" : ", data loss window " + dataLoss.toMillis() + " ms");
        }
    }

    /** The outstanding promotion or hand-over will not come to be: placement starts again. */
    record AttemptVoid(String guest, String node, String reason) implements GuestEvent {
        @Override
        public String summary() {
            return guest + ": attempt on " + node + " void: " + reason;
        }
    }

    /**
     * Start it.
     *
     * @param newVolume true only for a guest that has never started: an empty volume is made
     */
    record StartGuest(
            String guest, long epoch, String node, Incarnation incarnation, boolean newVolume, GuestSpec spec)
            implements GuestCommand {
        @Override
        public String summary() {
            return guest + ": start on " + node + " under epoch " + epoch;
        }
    }

    /**
     * Stop it.
     *
     * @param failing true if it is stopped because it does not answer: its end counts as a failure
     */
    record StopGuest(
            String guest, long epoch, String node, Incarnation incarnation, boolean failing, String reason)
            implements GuestCommand {
        @Override
        public String summary() {
            return guest + ": stop on " + node + ": " + reason;
        }
    }

    /** The node reported that the guest's process runs. */
    record StartConfirmed(String guest, Runner runner) implements GuestEvent {
        @Override
        public String summary() {
            return guest + " started on " + runner.node() + " under epoch " + runner.epoch();
        }
    }

    /** How a runner came to its end. */
    enum Ending {
        /** Stopped as commanded. */
        ASKED,
        /** Ended by itself, failed to start, or was stopped because it did not answer. */
        FAILED,
        /** The node refused the start; nothing ran. */
        REFUSED,
        /** Its incarnation was fenced or succeeded. */
        LOST
    }

    /**
     * That runner cannot run the guest (rule R8).
     *
     * @param ending how it came to its end
     * @param writerSentAt the node's clock at the last beat of that incarnation; null if it is known already
     * @param reportedAt the node's clock at its own report of it; null if it was proven otherwise
     */
    record RunnerDischarged(
            String guest, Runner runner, Ending ending, Duration writerSentAt, Duration reportedAt, String proof)
            implements GuestEvent {
        @Override
        public String summary() {
            return guest + " cannot run on " + runner + ": " + proof;
        }
    }

    /** A beat names a runner that this log never issued, or has discharged: it counts until it is discharged. */
    record RunnerFound(String guest, Runner runner) implements GuestEvent {
        @Override
        public String summary() {
            return guest + " may be running on " + runner + ", which this log did not issue";
        }
    }

    /** Its service answers. */
    record GuestAnswering(String guest, String node, long epoch) implements GuestEvent {
        @Override
        public String summary() {
            return guest + " answers on " + node;
        }
    }

    /** Its service does not answer, though its process runs. */
    record GuestUnanswering(String guest, String node, long epoch, String detail) implements GuestEvent {
        @Override
        public String summary() {
            return guest + " does not answer on " + node + ": " + detail;
        }
    }

    /**
     * The receipt of an outage: it answers again. All durations are log time since the outage began, null where
     * that phase was not passed.
     *
     * @param fence node, incarnation and rule that discharged the runner before; null if none was fenced
     * @param dataLoss the owner's last beat minus the snapshot; zero for none, null if unknown
     * @param snapshot what was promoted; null if the newest copy itself was started
     */
    record GuestRecovered(
            String guest, String node, long epoch, Duration outage, Duration suspected, Duration fenced,
            Duration promoted, Duration started, String fence, Duration dataLoss, String snapshot)
            implements GuestEvent {
        @Override
        public String summary() {
            return guest + " recovered on " + node + " after " + outage.toMillis() + " ms, data loss window "
                    + (dataLoss == null ? "unknown" : dataLoss.toMillis() + " ms");
        }
    }

    /**
     * Given up until a person clears it.
     *
     * @param stuck what did not end when it was told to; the error is over with it. Null if only a person ends it
     */
    record GuestErrored(String guest, String reason, Runner stuck) implements GuestEvent {
        @Override
        public String summary() {
            return guest + " is in error: " + reason;
        }
    }

    /** A person cleared the error. */
    record ErrorCleared(String guest) implements GuestEvent {
        @Override
        public String summary() {
            return guest + ": error cleared";
        }
    }

    /** A person accepted the loss, or the wait for the last writer to be over. */
    record LossAccepted(String guest) implements GuestEvent {
        @Override
        public String summary() {
            return guest + ": loss accepted";
        }
    }

    /** Its first start never came about: no volume was made, so it is a new guest again. */
    record NeverStarted(String guest, String node, String proof) implements GuestEvent {
        @Override
        public String summary() {
            return guest + " has never started on " + node + ": " + proof;
        }
    }

    /**
     * A superseded volume is out of the way.
     *
     * @param aside name of what diverged, kept on that node; empty if nothing had diverged
     * @param epoch the epoch that superseded it
     * @param from id of the snapshot beyond which it diverged; null if there was none
     */
    record VolumeSetAside(String guest, String node, String aside, long divergentBytes, long epoch, String from)
            implements GuestEvent {
        @Override
        public String summary() {
            return aside.isEmpty()
                    ? guest + ": superseded volume on " + node + " held nothing of its own"
                    : guest + ": divergent volume on " + node + " kept as " + aside + ", " + divergentBytes + " bytes";
        }
    }

    /** A divergent branch is gone for good. */
    record AsideDropped(String guest, String node, String aside) implements GuestEvent {
        @Override
        public String summary() {
            return guest + ": divergent branch " + aside + " on " + node + " deleted";
        }
    }
}
