package dev.holdfast.guard.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a guard is told on its command line: {@code --name NODE --machine ID --run FOLDER}.
 *
 * @param node name of the node, for logs and the guests' environment
 * @param machine id of the node's (virtual) machine: what tells its guests from those of other clusters on the host
 * @param runFolder existing folder for guard.endpoint, guard.lock and guard.incarnation
 */
public record GuardSettings(String node, String machine, Path runFolder) {

    private static final List<String> OPTIONS = List.of("--name", "--machine", "--run");

    public GuardSettings {
        if (machine.isBlank() || machine.contains(" ")) {
            throw new IllegalArgumentException("--machine: '" + machine + "' must be one word, the machine's id");
        }
        if (node.isBlank()) {
            throw new IllegalArgumentException("--name: is empty, give the node's name");
        }
        if (!Files.isDirectory(runFolder)) {
            throw new IllegalArgumentException("--run: '" + runFolder + "' is no folder, create it");
        }
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with the option, its value and the rule
     */
    public static GuardSettings of(String... args) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException("'" + args[i] + "': expected " + OPTIONS + ", each with a value");
            }
            values.put(args[i], args[i + 1]);
        }
        for (String option : OPTIONS) {
            if (!values.containsKey(option)) {
                throw new IllegalArgumentException(option + ": is missing");
            }
        }
        return new GuardSettings(
                values.get("--name"),
                values.get("--machine"),
                Path.of(values.get("--run")).toAbsolutePath());
    }
}
