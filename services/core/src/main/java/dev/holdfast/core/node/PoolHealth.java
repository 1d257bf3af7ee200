package dev.holdfast.core.node;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a node found when it last looked at the pool of its volumes.
 *
 * @param pool its name
 * @param state of its devices
 * @param sizeBytes what it can hold in all; 0 if that is not known
 * @param usedBytes how much of that is taken, from 0 to {@code sizeBytes}
 * @param errors of reading, writing and checksums over all devices, and of data that is lost for good, since they were
 *     last cleared; at least 0
 * @param scrubbedAt when the last complete scrub ended, on the node's own clock; null if there was none
 * @param detail one line for a person: which device is gone, why nothing could be read; empty if all is well
 */
public record PoolHealth(
        String pool, PoolState state, long sizeBytes, long usedBytes, long errors, Instant scrubbedAt, String detail) {

    /** From this share of its size on a pool warns, in percent. */
    public static final int WARNS_AT = 80;

    /** A pool that warned warns until it is below this share, in percent: snapshots that come and go are no news. */
    public static final int WELL_BELOW = 78;

    /** From this share of its size on a pool is full, in percent: copy-on-write slows down, then ends, beyond it. */
    public static final int FULL_AT = 95;

    /** A full pool is full until it is below this share, in percent: moving one guest must not bring the next back. */
    public static final int ROOM_BELOW = 90;

    /** What goes into a beat is short, in characters: longer details are cut. */
    private static final int LONGEST_DETAIL = 300;

    /** @throws IllegalArgumentException for a size, a use or a number of errors out of range */
    public PoolHealth {
        if (sizeBytes < 0 || usedBytes < 0 || usedBytes > sizeBytes || errors < 0) {
            throw new IllegalArgumentException("a pool of " + sizeBytes + " bytes, " + usedBytes + " used, " + errors
                    + " errors: none may be negative, nor more used than there is");
        }
        detail = detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "…";
    }

    /** How much of it is taken, in whole percent, rounded down; 0 if its size is not known. */
    public int usedPercent() {
        return sizeBytes == 0 ? 0 : (int) (100.0 * usedBytes / sizeBytes);
    }

    /**
     * What this means for guests.
     *
     * @param before what the pool's standing was until now; null before anything was known
     */
    public PoolStanding standing(PoolStanding before) {
        int used = usedPercent();
        return switch (state) {
            case FAULTED -> PoolStanding.FAULTED;
            case UNREADABLE -> PoolStanding.UNREADABLE;
            case ONLINE, DEGRADED -> {
                if (used >= FULL_AT || before == PoolStanding.FULL && used >= ROOM_BELOW) {
                    yield PoolStanding.FULL;
                }
                boolean warnedOfUse = before == PoolStanding.WARNS || before == PoolStanding.FULL;
                yield state == PoolState.DEGRADED || errors > 0 || used >= (warnedOfUse ? WELL_BELOW : WARNS_AT)
                        ? PoolStanding.WARNS
                        : PoolStanding.FIT;
            }
        };
    }

    /** Whether something else is wrong than before, though it may mean the same for guests. */
    public boolean differsFrom(PoolHealth before) {
        return state != before.state || errors > 0 != before.errors > 0 || !pool.equals(before.pool);
    }

    /**
     * The pool in a few words for a person: {@code pool tank is full: 96 % used}.
     *
     * @param standing what it means for guests
     */
    public String says(PoolStanding standing) {
        return "pool " + pool + switch (standing) {
            case FIT -> " is well" + because(Stream.of(use()));
            case WARNS -> " needs a look" + because(Stream.concat(faults(), Stream.of(use())));
            case FULL -> " is full" + because(Stream.concat(Stream.of(use()), faults()));
            case UNREADABLE -> " cannot be read" + because(Stream.of(detail).filter(line -> !line.isEmpty()));
            case FAULTED -> " is faulted" + because(faults());
        };
    }

    private static String because(Stream<String> facts) {
        return facts.reduce((one, other) -> one + ", " + other).map(all -> ": " + all).orElse("");
    }

    private String use() {
        return sizeBytes == 0 ? "of unknown size" : usedPercent() + " % used";
    }

    private Stream<String> faults() {
        List<String> faults = new ArrayList<>();
        if (state == PoolState.DEGRADED) {
            faults.add("degraded");
        }
        if (!detail.isEmpty()) {
            faults.add(detail);
        }
        if (errors > 0) {
            faults.add(errors + (errors == 1 ? " error" : " errors"));
        }
        return faults.stream();
    }
}
