package dev.holdfast.replication.volume;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.core.volume.VolumeRule;
import dev.holdfast.replication.volume.VolumeRefusal.Reason;
import java.io.IOException;
import java.util.Optional;

/**
 * Makes the newest replica of a guest its live volume (rule R11). A fixed sequence of durable steps: cut off after any
 * of them, the same command run again comes to the same end.
 *
 * <ol>
 *   <li>file the replica floor; from here no older owner can write
 *   <li>kill what is being received and see it dead
 *   <li>choose the newest complete snapshot
 *   <li>set an existing live aside
 *   <li>make live from the snapshot, which stays as the base for the way back
 * </ol>
 */
public final class Promotion {

    private final VolumeDriver driver;
    private final VolumeGate gate;
    private final Steps steps;

    /**
     * @param me the incarnation of this node
     * @param receives what could still write to a replica
     * @param use whether a process uses the live volume
     */
    public Promotion(
            VolumeDriver driver, Incarnation me, ReplicaFloors floors, ReceiveKill receives, LocalUse use) {
        this(driver, me, floors, receives, use, Steps.NONE);
    }

    public Promotion(
            VolumeDriver driver,
            Incarnation me,
            ReplicaFloors floors,
            ReceiveKill receives,
            LocalUse use,
            Steps steps) {
        this.driver = driver;
        this.gate = new VolumeGate(me, floors, receives, use, steps);
        this.steps = steps;
    }

    /**
     * @param epoch the epoch the guest will run under
     * @param incarnation the life of this node the command is for
     * @param minimum the snapshot to promote must be at least as new as this; empty for any
     */
    public record Command(String guest, long epoch, Incarnation incarnation, Optional<Snapshot> minimum) {}

    public sealed interface Outcome {

        /**
         * Live is the snapshot's content, complete and durable.
         *
         * @param snapshot what live was made from; its takenAt and owner incarnation say how old that is
         * @param aside what was live before; empty if nothing was, or if an earlier, cut-off run set it aside
         */
        record Promoted(long epoch, StoredSnapshot snapshot, Optional<Aside> aside) implements Outcome {}

        record Refused(VolumeRefusal refusal) implements Outcome {}
    }

    public Outcome run(Command command) {
        try {
            return steps(command);
        } catch (IOException e) {
            boolean full = e instanceof Failure.NoSpace
                    || String.valueOf(e.getMessage()).contains("No space left");
            return refused(full ? Reason.NO_SPACE : Reason.IO, Failure.describe(e));
        }
    }

    private Outcome steps(Command command) throws IOException {
        ReplicaFloor asked =
                new ReplicaFloor(command.epoch(), ReplicaFloor.Purpose.PROMOTE, command.incarnation());
        Optional<VolumeRefusal> refusal = gate.pass(command.guest(), asked);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        Optional<LiveOrigin> done = driver.origin(command.guest())
                .filter(made -> made.epoch() == command.epoch())
                .filter(made -> made.incarnation().equals(command.incarnation()));
        if (done.isPresent()) {
            return again(command, done.get());
        }
        Optional<StoredSnapshot> newest = driver.newest(command.guest());
        if (newest.isEmpty()) {
            return refused(Reason.NO_REPLICA, "no complete snapshot of '" + command.guest() + "' is here");
        }
        if (VolumeRule.tooOld(newest.get().snapshot(), command.minimum().orElse(null))) {
            return refused(
                    Reason.TOO_OLD,
                    "newest here is " + newest.get().snapshot() + ", wanted is " + command.minimum().get());
        }
        steps.reached(Steps.Step.REPLICA_CHOSEN);
        return replaceLive(command, newest.get());
    }

    /** The live volume is what this command made, or newer: a guest that ran on it since has written to it. */
    private Outcome again(Command command, LiveOrigin done) throws IOException {
        Optional<StoredSnapshot> promoted = driver.find(command.guest(), done.snapshot());
        return promoted.isPresent()
                ? new Outcome.Promoted(command.epoch(), promoted.get(), Optional.empty())
                : refused(
                        Reason.EPOCH_NOT_HIGHER,
                        "epoch " + command.epoch() + " was promoted here before, from a snapshot that is gone since");
    }

    private Outcome replaceLive(Command command, StoredSnapshot snapshot) throws IOException {
        Optional<VolumeRefusal> used = gate.unused(command.guest());
        if (used.isPresent()) {
            return new Outcome.Refused(used.get());
        }
        // Before live is touched: if there is no room for the clone, nothing has changed.
        driver.prepare(command.guest(), snapshot.id());
        Optional<Aside> aside = setAside(command, snapshot);
        driver.promote(command.guest(), new LiveOrigin(command.epoch(), command.incarnation(), snapshot.id()));
        return new Outcome.Promoted(command.epoch(), snapshot, aside);
    }

    private Optional<Aside> setAside(Command command, StoredSnapshot snapshot) throws IOException {
        if (!driver.hasLive(command.guest())) {
            return Optional.empty();
        }
        Divergence divergence = driver.divergence(command.guest(), snapshot.id());
        return Optional.of(driver.setAside(command.guest(), command.epoch() + "-replaced", divergence));
    }

    private static Outcome refused(Reason reason, String detail) {
        return new Outcome.Refused(new VolumeRefusal(reason, detail));
    }
}
