package dev.holdfast.replication.zfs;

import dev.holdfast.core.node.PoolState;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code zpool status} says of one pool, as zfs-fuse 0.7 and OpenZFS 2.1 put it. They differ in the line on the
 * last scrub ({@code scrub:} and {@code scan:}), and in the numbers where OpenZFS was asked for exact ones.
 */
final class PoolReport {

    private static final Pattern SECTION = Pattern.compile(" {0,7}([a-z]+):(?: (.*))?");
    private static final Pattern DEVICE = Pattern.compile(
            "\t( *)(\\S.*?) +([A-Z]+)(?: +(\\S*\\d\\S*) +(\\S*\\d\\S*) +(\\S*\\d\\S*))?(?: {2,}(\\S.*))?\\s*");
    private static final Pattern WAS = Pattern.compile("was (/.*)");
    private static final Pattern DATA_ERRORS = Pattern.compile("(\\d+) data errors?\\b.*");
    private static final Pattern SCRUBBED =
            Pattern.compile("scrub (?:repaired|completed)\\b.* on \\w{3} (\\w{3} \\d{1,2} [\\d:]{8} \\d{4})");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy", Locale.ENGLISH);
    /** A spare that waits for its turn is as well as a device that serves. */
    private static final Set<String> WELL = Set.of("ONLINE", "AVAIL", "INUSE");
    /** Under these ZFS files that a pool stands still because its devices gave errors, whatever else it says. */
    private static final List<String> SUSPENDED = List.of("ZFS-8000-HC", "ZFS-8000-JQ");

    private final Map<String, String> sections;
    private final List<Device> devices;
    private final ZoneId zone;

    /**
     * @param depth of its indentation
     * @param said behind its numbers; empty if nothing
     */
    private record Device(int depth, String name, String state, long errors, String said) {

        /** A device that is gone for long has a number for a name; then the path that it had follows. */
        String place() {
            Matcher was = WAS.matcher(said);
            return was.matches() ? was.group(1) : name;
        }

        boolean isWell() {
            return WELL.contains(state);
        }

        String trouble() {
            String why = said.isEmpty() || WAS.matcher(said).matches() ? "" : " (" + said + ")";
            return isWell() ? place() + " has " + errors + " errors" : place() + " is " + state + why;
        }
    }

    private PoolReport(Map<String, String> sections, List<Device> devices, ZoneId zone) {
        this.sections = sections;
        this.devices = devices;
        this.zone = zone;
    }

    /**
     * @param zone in which it names times
     * @throws IllegalArgumentException if it is no such report
     */
    static PoolReport parse(List<String> lines, ZoneId zone) {
        Map<String, String> sections = new LinkedHashMap<>();
        List<Device> devices = new ArrayList<>();
        String section = "";
        for (String line : lines) {
            Matcher head = SECTION.matcher(line);
            if (head.matches()) {
                section = head.group(1);
                sections.put(section, head.group(2) == null ? "" : head.group(2));
            } else if (section.equals("config")) {
                Matcher device = DEVICE.matcher(line);
                if (device.matches() && !device.group(2).equals("NAME")) {
                    devices.add(device(device));
                }
            } else {
                sections.merge(section, " " + line.strip(), String::concat);
            }
        }
        if (!sections.containsKey("state") || devices.isEmpty()) {
            throw new IllegalArgumentException("zpool status is not understood: " + lines);
        }
        return new PoolReport(sections, devices, zone);
    }

    private static Device device(Matcher found) {
        long errors = found.group(4) == null ? 0 : Stream.of(4, 5, 6)
                .mapToLong(column -> ZfsNumber.parse(found.group(column)))
                .sum();
        return new Device(
                found.group(1).length(), found.group(2), found.group(3), errors,
                found.group(7) == null ? "" : found.group(7).strip());
    }

    /** What a pool's own word for its health means. */
    static PoolState state(String health) {
        return switch (health) {
            case "ONLINE" -> PoolState.ONLINE;
            case "DEGRADED" -> PoolState.DEGRADED;
            // FAULTED, UNAVAIL, SUSPENDED, REMOVED and what there may be: nothing of it can be relied on.
            default -> PoolState.FAULTED;
        };
    }

    PoolState state() {
        boolean suspended = SUSPENDED.stream().anyMatch(section("see")::contains);
        return suspended ? PoolState.FAULTED : state(section("state").strip());
    }

    private String section(String name) {
        return sections.getOrDefault(name, "");
    }

    /**
     * Of devices and of data that is lost. What no device alone got wrong is counted for their group or the pool; what a
     * device got wrong may be counted there too, and is counted once.
     */
    long errors() {
        Matcher lost = DATA_ERRORS.matcher(section("errors").strip());
        return errorsBelow(0, -1) + (lost.matches() ? Long.parseLong(lost.group(1)) : 0);
    }

    /** Of all that stands from there on and is part of what has that indentation. */
    private long errorsBelow(int first, int depth) {
        long errors = 0;
        int i = first;
        while (i < devices.size() && devices.get(i).depth() > depth) {
            Device device = devices.get(i);
            errors += Math.max(device.errors(), errorsBelow(i + 1, device.depth()));
            i++;
            while (i < devices.size() && devices.get(i).depth() > device.depth()) {
                i++;
            }
        }
        return errors;
    }

    /** Files and disks, not what is made of them. */
    private List<Device> leaves() {
        List<Device> leaves = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            if (i + 1 == devices.size() || devices.get(i + 1).depth() <= devices.get(i).depth()) {
                leaves.add(devices.get(i));
            }
        }
        return leaves;
    }

    /**
     * When the last complete scrub ended.
     *
     * @param before when it had ended when the pool was last asked: a resilver or a scrub takes its place in the report
     * @return null if there was none
     */
    Instant scrubbedAfter(Instant before) {
        String scan = (section("scan") + section("scrub")).replaceAll("\\s+", " ").strip();
        Matcher scrubbed = SCRUBBED.matcher(scan);
        if (scrubbed.find()) {
            return time(scrubbed.group(1), before);
        }
        return scan.isEmpty() || scan.equals("none requested") ? null : before;
    }

    /** A time that cannot be read must not hide the rest. */
    private Instant time(String text, Instant otherwise) {
        try {
            return LocalDateTime.parse(text, TIME).atZone(zone).toInstant();
        } catch (DateTimeException unreadable) {
            return otherwise;
        }
    }

    /**
     * One line on what is wrong: devices, data that is lost, a resilver.
     *
     * @param state of the pool
     */
    String detail(PoolState state) {
        List<String> wrong = leaves().stream()
                .filter(device -> !device.isWell() || device.errors() > 0)
                .map(Device::trouble)
                .collect(Collectors.toCollection(ArrayList::new));
        if (wrong.isEmpty()) {
            devices.stream().filter(group -> group.errors() > 0).reduce((one, inner) -> inner)
                    .ifPresent(group -> wrong.add(group.trouble()));
        }
        Matcher lost = DATA_ERRORS.matcher(section("errors").strip());
        if (lost.matches()) {
            wrong.add(lost.group(1) + " data errors");
        }
        if ((section("scan") + section("scrub")).contains("resilver in progress")) {
            wrong.add("a resilver is in progress");
        }
        if (state != PoolState.ONLINE && wrong.isEmpty()) {
            wrong.add(section("status").replaceAll("\\s+", " ").strip());
        }
        return String.join(", ", wrong);
    }
}
