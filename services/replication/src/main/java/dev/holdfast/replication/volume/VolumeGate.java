package dev.holdfast.replication.volume;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.volume.ReplicaFloor;
import dev.holdfast.core.volume.VolumeRule;
import dev.holdfast.replication.volume.VolumeRefusal.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What promote and set aside do before they touch a volume, in this order: the right incarnation, the floor filed, no
 * receive alive, no process on the volume.
 */
final class VolumeGate {

    private static final Duration KILL_WITHIN = Duration.ofSeconds(10);

    private final Incarnation me;
    private final ReplicaFloors floors;
    private final ReceiveKill receives;
    private final LocalUse use;
    private final Steps steps;

    VolumeGate(Incarnation me, ReplicaFloors floors, ReceiveKill receives, LocalUse use, Steps steps) {
        this.me = me;
        this.floors = floors;
        this.receives = receives;
        this.use = use;
        this.steps = steps;
    }

    /** @return why not; empty if the volume may be touched under the asked floor */
    Optional<VolumeRefusal> pass(String guest, ReplicaFloor asked) throws IOException {
        Optional<String> notMine = VolumeRule.notMine(asked, me);
        if (notMine.isPresent()) {
            return refusal(Reason.WRONG_INCARNATION, notMine.get());
        }
        Optional<ReplicaFloor> floor = floors.file(guest, asked);
        if (floor.isPresent()) {
            return refusal(Reason.EPOCH_NOT_HIGHER, "epoch " + asked.epoch() + ": the replica floor is " + floor.get());
        }
        steps.reached(Steps.Step.FLOOR_FILED);
        if (!receives.killAll(guest, KILL_WITHIN)) {
            return refusal(Reason.RECEIVE_ALIVE, "a receive did not end within " + KILL_WITHIN.toSeconds() + " s");
        }
        steps.reached(Steps.Step.RECEIVES_DEAD);
        return Optional.empty();
    }

    /** @return why live may not be touched; empty if nobody uses it */
    Optional<VolumeRefusal> unused(String guest) {
        return use.userOf(guest)
                .map(user -> new VolumeRefusal(Reason.IN_USE, "the volume is in use: " + user));
    }

    private static Optional<VolumeRefusal> refusal(Reason reason, String detail) {
        return Optional.of(new VolumeRefusal(reason, detail));
    }
}
