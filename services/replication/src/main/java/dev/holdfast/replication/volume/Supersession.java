package dev.holdfast.replication.volume;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.replication.volume.VolumeRefusal.Reason;
import java.io.IOException;
import java.util.Optional;

/**
 * Sets aside the live volume of a node that lost its guest to a higher epoch, when it returns. What never left the node
 * is kept and announced; a live volume that a snapshot here holds byte for byte is dropped, since nothing is lost with
 * it. Can be run again after a cut at any step.
 */
public final class Supersession {

    private final VolumeDriver driver;
    private final VolumeGate gate;

    public Supersession(
            VolumeDriver driver, Incarnation me, ReplicaFloors floors, ReceiveKill receives, LocalUse use) {
        this(driver, me, floors, receives, use, Steps.NONE);
    }

    public Supersession(
            VolumeDriver driver,
            Incarnation me,
            ReplicaFloors floors,
            ReceiveKill receives,
            LocalUse use,
            Steps steps) {
        this.driver = driver;
        this.gate = new VolumeGate(me, floors, receives, use, steps);
    }

    /**
     * @param epoch the epoch that superseded the copy here
     * @param incarnation the life of this node the command is for
     * @param promoted id of the snapshot the other node went on from
     */
    public record Command(String guest, long epoch, Incarnation incarnation, String promoted) {}

    public sealed interface Outcome {

        /** @param aside what diverged; empty if there was no live or nothing in it of its own */
        record Done(Optional<Aside> aside) implements Outcome {}

        record Refused(VolumeRefusal refusal) implements Outcome {}
    }

    public Outcome run(Command command) {
        try {
            ReplicaFloor asked =
                    new ReplicaFloor(command.epoch(), ReplicaFloor.Purpose.SET_ASIDE, command.incarnation());
            Optional<VolumeRefusal> refusal = gate.pass(command.guest(), asked);
            if (refusal.isEmpty()) {
                refusal = gate.unused(command.guest());
            }
            return refusal.isPresent() ? new Outcome.Refused(refusal.get()) : new Outcome.Done(setAside(command));
        } catch (IOException e) {
            return new Outcome.Refused(new VolumeRefusal(Reason.IO, Failure.describe(e)));
        }
    }

    private Optional<Aside> setAside(Command command) throws IOException {
        String name = command.epoch() + "-superseded";
        if (!driver.hasLive(command.guest())) {
            // An earlier run may have come as far as the rename.
            return driver.asides(command.guest()).stream()
                    .filter(aside -> aside.name().equals(name))
                    .findFirst();
        }
        if (driver.dropLiveHeldBy(command.guest(), command.promoted())) {
            return Optional.empty();
        }
        Divergence divergence = driver.divergence(command.guest(), command.promoted());
        return Optional.of(driver.setAside(command.guest(), name, divergence));
    }
}
