package dev.holdfast.core.message;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/**
 * One state of a guest's volume, the same on every node that holds it.
 *
 * @param id derived from the content, the epoch and the sequence: equal ids mean equal content
 * @param epoch the epoch under which the guest ran when it was taken
 * @param sequence 1, 2, … within the epoch
 * @param takenAt the owner's witness clock
 * @param owner the node that took it
 * @param ownerIncarnation the incarnation that took it: clocks of two boots cannot be compared
 */
public record Snapshot(
        String id, long epoch, long sequence, Duration takenAt, String owner, Incarnation ownerIncarnation) {

    /** Whether this holds at least what the other one holds: by epoch, then by sequence. */
    public boolean isAtLeast(Snapshot other) {
        return epoch != other.epoch ? epoch > other.epoch : sequence >= other.sequence;
    }

    @Override
    public String toString() {
        return "epoch " + epoch + " no. " + sequence + " of " + owner;
    }
}
