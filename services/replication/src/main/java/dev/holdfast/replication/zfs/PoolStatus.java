package dev.holdfast.replication.zfs;

import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks ZFS how the pool of a node's volumes is: its devices by {@code zpool status}, how full it is by what the dataset at
 * its top, or that of the volumes, has used of what it can hold, whichever is fuller: a quota may be reached before the
 * pool is full. The pool's own figures count parity, and promise room that ZFS keeps for itself; writes end when nothing
 * is available. For one thread.
 */
public final class PoolStatus {

    private final Zfs zfs;
    private final String pool;
    private final String dataset;
    private final ZoneId zone;
    /** ZFS forgets it when a resilver or the next scrub begins. */
    private Instant scrubbedAt;
    /** A command that was killed and may hang in the kernel still; null if there is none. */
    private ZfsFailed hangs;

    /**
     * @param dataset of the volumes; its pool is meant. It need not be there yet
     * @param zone in which the pool's commands tell the time
     */
    public PoolStatus(Zfs zfs, String dataset, ZoneId zone) {
        this.zfs = zfs;
        this.pool = dataset.split("/", 2)[0];
        this.dataset = dataset;
        this.zone = zone;
    }

    /** Name of the pool. */
    public String pool() {
        return pool;
    }

    /** Looks. A pool whose commands fail, or take too long, is {@link PoolState#UNREADABLE}, with the reason. */
    public PoolHealth look() {
        if (hangs != null && hangs.stillRuns()) {
            // One more with each look would fill the process table.
            return unreadable(hangs.getMessage() + ", and cannot be ended");
        }
        hangs = null;
        try {
            return of(PoolReport.parse(zfs.run(List.of("zpool", "status", pool)), zone));
        } catch (ZfsFailed failed) {
            hangs = failed;
            return unreadable(String.valueOf(failed.getMessage()));
        } catch (IOException | RuntimeException notUnderstood) {
            return unreadable(String.valueOf(notUnderstood.getMessage()));
        }
    }

    private PoolHealth unreadable(String reason) {
        return new PoolHealth(
                pool, PoolState.UNREADABLE, 0, 0, 0, scrubbedAt, reason.replaceAll("\\s+", " ").strip());
    }

    private PoolHealth of(PoolReport report) throws IOException {
        PoolState state = report.state();
        scrubbedAt = report.scrubbedAfter(scrubbedAt);
        String detail = report.detail(state);
        if (state == PoolState.FAULTED) {
            // Asking it for its datasets may take for ever.
            return new PoolHealth(pool, state, 0, 0, report.errors(), scrubbedAt, detail);
        }
        Room room = room(pool).fuller(roomOfVolumes());
        return new PoolHealth(
                pool, state, room.used() + room.available(), room.used(), report.errors(), scrubbedAt, detail);
    }

    private record Room(long used, long available) {

        Room fuller(Room other) {
            return share() >= other.share() ? this : other;
        }

        private double share() {
            return used + available == 0 ? 0 : (double) used / (used + available);
        }
    }

    private Room room(String of) throws IOException {
        return new Room(number(of, "used"), number(of, "available"));
    }

    /** All free, if there are no volumes yet. */
    private Room roomOfVolumes() throws IOException {
        try {
            return room(dataset);
        } catch (ZfsFailed failed) {
            if (failed.says("does not exist")) {
                return new Room(0, 0);
            }
            throw failed;
        }
    }

    private long number(String of, String property) throws IOException {
        Map<String, Long> found = new HashMap<>();
        for (String line : zfs.run(List.of("zfs", "get", "-Hp", "-o", "property,value", property, of))) {
            String[] words = line.split("\t");
            found.put(words[0], ZfsNumber.parse(words[1].strip()));
        }
        if (!found.containsKey(property)) {
            throw new IOException("'zfs get " + property + " " + of + "' said " + found);
        }
        return found.get(property);
    }
}
