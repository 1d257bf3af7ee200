package dev.holdfast.guard.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a supervisor is told, in a file of lines {@code key=value}. {@code guard} and {@code node} are repeated, one
 * line for each word of the command; a value goes to the end of its line and cannot hold a line break.
 *
 * <pre>
 * machine=7f3a...
 * run=/data/a/run
 * logs=/data/a/logs
 * stop-wait=PT30S
 * guard=/opt/java/bin/java
 * guard=dev.holdfast.guard.GuardMain
 * node=/opt/java/bin/java
 * ...
 * </pre>
 *
 * @param machine id of the node's (virtual) machine, as the guard's
 * @param runFolder existing folder for the pid files
 * @param logFolder existing folder for guard.log and node.log
 * @param stopWait how long the node may drain at an orderly stop, up to 1 h
 * @param guard command line of the guard
 * @param node command line of the node's process
 */
public record SupervisorSettings(
        String machine, Path runFolder, Path logFolder, Duration stopWait, List<String> guard, List<String> node) {

    private static final Duration LONGEST_STOP = Duration.ofHours(1);
    private static final List<String> KEYS = List.of("machine", "run", "logs", "stop-wait", "guard", "node");

    public SupervisorSettings {
        guard = List.copyOf(guard);
        node = List.copyOf(node);
        require(!machine.isBlank(), "machine", machine, "give the machine's id");
        require(Files.isDirectory(runFolder), "run", runFolder, "must be a folder, create it");
        require(Files.isDirectory(logFolder), "logs", logFolder, "must be a folder, create it");
        boolean waitInRange = !stopWait.isNegative() && stopWait.compareTo(LONGEST_STOP) <= 0;
        require(waitInRange, "stop-wait", stopWait, "must be zero to one hour");
        require(!guard.isEmpty(), "guard", guard, "give the guard's command, a line for each word");
        require(!node.isEmpty(), "node", node, "give the node's command, a line for each word");
    }

    /**
     * Reads a settings file.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException with the key, its value and the rule
     */
    public static SupervisorSettings read(Path file) throws IOException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            String key = equals < 0 ? line : line.substring(0, equals);
            require(equals > 0 && KEYS.contains(key), file.toString(), line, "expected KEY=VALUE, keys " + KEYS);
            values.computeIfAbsent(key, any -> new ArrayList<>()).add(line.substring(equals + 1));
        }
        return new SupervisorSettings(
                one(values, "machine"),
                Path.of(one(values, "run")),
                Path.of(one(values, "logs")),
                duration(one(values, "stop-wait")),
                values.getOrDefault("guard", List.of()),
                values.getOrDefault("node", List.of()));
    }

    /** Writes the file that {@link #read} reads. */
    public void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("machine=" + machine);
        lines.add("run=" + runFolder);
        lines.add("logs=" + logFolder);
        lines.add("stop-wait=" + stopWait);
        guard.forEach(word -> lines.add("guard=" + word));
        node.forEach(word -> lines.add("node=" + word));
        for (String line : lines) {
            require(line.indexOf('\n') < 0, "command", line, "must not hold a line break");
        }
        Files.write(file, lines);
    }

    private static String one(Map<String, List<String>> values, String key) {
        List<String> found = values.getOrDefault(key, List.of());
        require(found.size() == 1, key, found, "must be given once");
        return found.getFirst();
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException bad) {
            throw new IllegalArgumentException("stop-wait: '" + text + "' is no duration, for example PT30S", bad);
        }
    }

    private static void require(boolean holds, String key, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(key + ": '" + value + "' " + rule);
        }
    }
}
