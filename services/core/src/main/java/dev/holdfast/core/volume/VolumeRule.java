package dev.holdfast.core.volume;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import java.util.Optional;

/** The target's side of rule R11: what must hold before a volume changes hands. Each answer is why not, or nothing. */
public final class VolumeRule {

    private VolumeRule() {}

    /** Whether the order is for this life of the node. */
    public static Optional<String> notMine(ReplicaFloor asked, Incarnation me) {
        return asked.incarnation().equals(me)
                ? Optional.empty()
                : Optional.of("the command names incarnation " + asked.incarnation() + ", this node is " + me);
    }

    /** The floor to file, durably, before anything else is done; the same one again if it stands already. */
    public static ReplicaFloor raised(ReplicaFloor present, ReplicaFloor asked) {
        return present == null || asked.epoch() > present.epoch() ? asked : present;
    }

    /**
     * Whether the floor in place forbids it.
     *
     * @param present null if none was ever filed
     */
    public static boolean forbids(ReplicaFloor present, ReplicaFloor asked) {
        return present != null && !present.admits(asked);
    }

    /**
     * Whether the newest complete snapshot is less than was promised.
     *
     * @param minimum null for any
     */
    public static boolean tooOld(Snapshot newest, Snapshot minimum) {
        return minimum != null && !newest.isAtLeast(minimum);
    }
}
