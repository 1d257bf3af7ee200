package dev.holdfast.replication.volume;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * @param guest whose volume
 * @param epoch the epoch under which the guest runs (or ran last)
 * @param sequence greater than that of every earlier snapshot of the epoch
 * @param owner this node
 * @param ownerIncarnation the incarnation of this node
 * @param witnessClock read just before the pause: the snapshot holds everything written before that reading
 * @param pause makes the guest stand still; {@link Pause#NOT_RUNNING} if it does not run
 * @param maxPause longer than this the guest never stands still; the snapshot is dropped instead. More than 0
 */
public record SnapshotRequest(
        String guest,
        long epoch,
        long sequence,
        String owner,
        Incarnation ownerIncarnation,
        Supplier<Duration> witnessClock,
        Pause pause,
        Duration maxPause) {

    /** Short enough that no client of a database notices more than a slow answer. */
    public static final Duration DEFAULT_MAX_PAUSE = Duration.ofMillis(500);

    public SnapshotRequest {
        VolumeName.require("guest", guest);
        VolumeName.require("owner", owner);
        if (epoch < 0 || sequence < 1) {
            throw new IllegalArgumentException(
                    "epoch " + epoch + ", sequence " + sequence + ": epochs start at 0, sequences at 1");
        }
        if (!maxPause.isPositive()) {
            throw new IllegalArgumentException("maxPause " + maxPause.toMillis() + " ms: must be more than 0");
        }
    }
}
