package dev.holdfast.replication.zfs;

import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how a pool is from {@code zpool status}, in the words of OpenZFS and of zfs-fuse, and how full it is from the
 * dataset at its top: what that has used and what is available to it. The pool's own figures count parity, and promise
 * room that ZFS keeps for itself; writes end when nothing is available.
 */
public final class PoolStatus {

    /** Written by {@code ctime}: in the machine's own time, in English with the locale we ask for. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy", Locale.ROOT);

    private static final Pattern STATE = Pattern.compile("^ *state: (\\w+)");
    private static final Pattern SCRUBBED =
            Pattern.compile("^ *(?:scan|scrub): scrub (?:repaired|completed).* on \\w{3} (.+)$");
    private static final Pattern DEVICE =
            Pattern.compile("^\\t( *)(\\S+) +([A-Z]+) +(\\S+) +(\\S+) +(\\S+)(?: +(.*))?$");
    private static final Pattern DATA_ERRORS = Pattern.compile("^errors: (\\d+) data errors");
    private static final Pattern GROUP = Pattern.compile("(raidz|draid|mirror|replacing|spare)[0-9:a-z]*-\\d+|raidz\\d|mirror");

    private final Zfs zfs;
    private final String pool;
    private final ZoneId zone;

    /**
     * @param dataset any dataset of the pool
     * @param zone in which the pool's commands tell the time
     */
    public PoolStatus(Zfs zfs, String dataset, ZoneId zone) {
        this.zfs = zfs;
        this.pool = dataset.split("/", 2)[0];
        this.zone = zone;
    }

    /** Looks. A pool whose commands fail, or take too long, is {@link PoolState#UNREADABLE}, with the reason. */
    public PoolHealth look() {
        try {
            return of(zfs.run(List.of("zpool", "status", pool)));
        } catch (IOException | RuntimeException e) {
            return new PoolHealth(pool, PoolState.UNREADABLE, 0, 0, 0, null, String.valueOf(e.getMessage()));
        }
    }

    private PoolHealth of(List<String> lines) throws IOException {
        PoolState state = null;
        Instant scrubbed = null;
        long errors = 0;
        List<String> notable = new ArrayList<>();
        for (String line : lines) {
            Matcher found = STATE.matcher(line);
            if (found.find()) {
                state = stateOf(found.group(1));
            }
            found = SCRUBBED.matcher(line);
            if (found.find()) {
                scrubbed = time(found.group(1));
            }
            found = DATA_ERRORS.matcher(line);
            if (found.find()) {
                errors += Long.parseLong(found.group(1));
                notable.add(found.group(1) + " data errors");
            }
            found = DEVICE.matcher(line);
            if (found.find() && isDevice(found.group(2))) {
                long own = count(found.group(4)) + count(found.group(5)) + count(found.group(6));
                errors += own;
                note(found, own, notable);
            }
        }
        if (state == null) {
            throw new IOException("'zpool status " + pool + "' names no state: " + String.join(" ", lines).strip());
        }
        String detail = String.join(", ", notable);
        if (state == PoolState.FAULTED) {
            // Asking it for its datasets may take for ever.
            return new PoolHealth(pool, state, 0, 0, errors, scrubbed, detail);
        }
        Map<String, Long> room = room();
        long used = room.get("used");
        return new PoolHealth(pool, state, used + room.get("available"), used, errors, scrubbed, detail);
    }

    private static PoolState stateOf(String word) {
        return switch (word) {
            case "ONLINE" -> PoolState.ONLINE;
            case "DEGRADED" -> PoolState.DEGRADED;
            // FAULTED, UNAVAIL, SUSPENDED, REMOVED, OFFLINE: whatever it is, nothing can be written to it.
            default -> PoolState.FAULTED;
        };
    }

    /** The pool itself and the groups of its devices have the same columns; the heading has others. */
    private boolean isDevice(String name) {
        return !name.equals(pool) && !name.equals("NAME") && !GROUP.matcher(name).matches();
    }

    private static void note(Matcher device, long errors, List<String> notable) {
        // A device that is gone goes by a number, and says behind it what it was.
        String name = device.group(7) != null && device.group(7).startsWith("was ")
                ? device.group(7).substring("was ".length())
                : device.group(2);
        if (!device.group(3).equals("ONLINE")) {
            notable.add(name + " is " + device.group(3));
        } else if (errors > 0) {
            notable.add(name + " has " + errors + " errors");
        }
    }

    /** Counts may be shortened: {@code 1.21K}. */
    private static long count(String text) {
        Matcher found = Pattern.compile("([0-9.]+)([KMGT]?)").matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no number of errors");
        }
        long unit = (long) Math.pow(1024, " KMGT".indexOf(found.group(2).isEmpty() ? " " : found.group(2)));
        return Math.round(Double.parseDouble(found.group(1)) * unit);
    }

    /** When a scrub ended; null if the time cannot be read, which must not hide the rest. */
    private Instant time(String text) {
        try {
            return LocalDateTime.parse(text.strip().replaceAll(" +", " "), TIME).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private Map<String, Long> room() throws IOException {
        Map<String, Long> room = new HashMap<>();
        for (String line : zfs.run(List.of("zfs", "get", "-Hp", "-o", "property,value", "used,available", pool))) {
            String[] words = line.split("\t");
            room.put(words[0], Long.parseLong(words[1].strip()));
        }
        if (!room.keySet().containsAll(List.of("used", "available"))) {
            throw new IOException("'zfs get used,available " + pool + "' said " + room);
        }
        return room;
    }
}
