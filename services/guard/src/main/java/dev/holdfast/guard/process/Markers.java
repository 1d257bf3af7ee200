package dev.holdfast.guard.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The environment variables that every guest process carries, and finding processes by them: the second net, for
 * guests that outlived the guard they belonged to. A process that clears its environment is found by its ancestry
 * only.
 */
public final class Markers {

    public static final String GUEST = "HOLDFAST_GUEST";
    public static final String NODE = "HOLDFAST_NODE";
    public static final String EPOCH = "HOLDFAST_EPOCH";
    public static final String INCARNATION = "HOLDFAST_INCARNATION";
    /** The (virtual) machine's id: two clusters on one host may both have a node of the same name. */
    public static final String MACHINE = "HOLDFAST_MACHINE";

    private Markers() {}

    /**
     * The value of a variable in the environment a process was started with.
     *
     * @return empty if the variable is not there, the process has gone, or its environment may not be read
     */
    public static Optional<String> valueOf(int pid, String variable) {
        String environment = environmentOf(pid);
        return valueIn(environment, variable);
    }

    /** The guest this process was started for on {@code machine}, if its environment says so. */
    public static Optional<String> guestOn(String machine, int pid) {
        String environment = environmentOf(pid);
        return valueIn(environment, MACHINE).filter(machine::equals).flatMap(same -> valueIn(environment, GUEST));
    }

    private static Optional<String> valueIn(String environment, String variable) {
        String start = variable + "=";
        for (String entry : environment.split("\0")) {
            if (entry.startsWith(start)) {
                return Optional.of(entry.substring(start.length()));
            }
        }
        return Optional.empty();
    }

    private static String environmentOf(int pid) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc/" + pid + "/environ")), StandardCharsets.UTF_8);
        } catch (IOException goneOrForeign) {
            return "";
        }
    }
}
