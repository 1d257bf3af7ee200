package dev.holdfast.replication;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32;

/**
 * When the snapshots of one run are due, on the node's witness clock: from one point of a fixed grid to the next, so
 * that a slow snapshot never stretches the interval.
 *
 * <p>After a stall one snapshot is due at once, for the newest point that has passed, and the grid goes on as before.
 * The points in between are not made up for, as each would hold the same data, and are counted as missed.
 *
 * <p>A guest's grid is shifted by a fixed offset that follows from its name, at most a tenth of the interval and 5 s:
 * the guests of a node are often started in one moment, as after a failover, and would otherwise stand still and read
 * the disk together for ever. It is the same on every node, and small, since the first copy after a start waits for it.
 *
 * <p>Not safe for several threads.
 */
final class SnapshotPlan {

    /** After a start the first copy is wanted soon, whatever the interval: until then there is nothing to recover. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private static final Duration LONGEST_OFFSET = Duration.ofSeconds(5);

    private final Duration first;
    private final Duration interval;
    private long point;
    private long missed;

    /**
     * The plan of a run that begins now.
     *
     * @param now the witness clock
     */
    SnapshotPlan(String guest, Duration interval, Duration now) {
        this.first = now.plus(FIRST).plus(offset(guest, interval));
        this.interval = interval;
    }

    static Duration offset(String guest, Duration interval) {
        Duration tenth = interval.dividedBy(10);
        Duration longest = tenth.compareTo(LONGEST_OFFSET) < 0 ? tenth : LONGEST_OFFSET;
        CRC32 hash = new CRC32();
        hash.update(guest.getBytes(StandardCharsets.UTF_8));
        return Duration.ofNanos((long) (longest.toNanos() * (hash.getValue() / (double) (1L << 32))));
    }

    /** When the next snapshot is due. */
    Duration due() {
        return first.plus(interval.multipliedBy(point));
    }

    /** A snapshot begins: it is that of the newest point that has passed. Nothing if none has. */
    void take(Duration now) {
        long passed = passed(now);
        if (passed > point) {
            missed += passed - point - 1;
            point = passed;
        }
    }

    /** What has passed was not to be taken. */
    void skip(Duration now) {
        point = Math.max(point, passed(now));
    }

    /** How many points have passed. */
    private long passed(Duration now) {
        return now.compareTo(first) < 0 ? 0 : now.minus(first).dividedBy(interval) + 1;
    }

    /** Planned snapshots that were left out. */
    long missed() {
        return missed;
    }
}
