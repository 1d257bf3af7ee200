package dev.holdfast.core.model.volume;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/**
 * One snapshot, the same wherever it is.
 *
 * @param owner node that took it
 */
record Snap(int epoch, int sequence, int owner) {

    Snapshot real() {
        return new Snapshot(
                epoch + "-" + sequence, epoch, sequence, Duration.ZERO, "n" + owner, new Incarnation(1, 1));
    }

    /** The product's comparison; everything is at least nothing. */
    static boolean isAtLeast(Snap one, Snap other) {
        return other == null || one != null && one.real().isAtLeast(other.real());
    }

    static Snap newer(Snap one, Snap other) {
        return isAtLeast(one, other) ? one : other;
    }

    @Override
    public String toString() {
        return epoch + "." + sequence;
    }
}
