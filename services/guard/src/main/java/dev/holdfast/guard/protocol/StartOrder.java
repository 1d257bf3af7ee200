package dev.holdfast.guard.protocol;

import dev.holdfast.core.node.Incarnation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start. The guard adds HOLDFAST_GUEST, HOLDFAST_NODE, HOLDFAST_MACHINE, HOLDFAST_EPOCH and
 * HOLDFAST_INCARNATION to the environment; the process leads a session of its own and gets no input.
 *
 * @param guest name of the guest
 * @param epoch epoch of this run; the guard only hands it on and compares it, floors are recovery's
 * @param incarnation the incarnation the start was decided for; must be the armed one
 * @param command the program and its arguments, not empty; found on the guard's PATH if it has no slash
 * @param environment added to the guard's own environment
 * @param directory existing working directory, absolute
 * @param log file that output and errors are appended to, absolute; its folder must exist
 */
public record StartOrder(
        String guest,
        long epoch,
        Incarnation incarnation,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Path log) {

    public StartOrder {
        if (guest.isBlank()) {
            throw new IllegalArgumentException("guest: is empty, give the guest's name");
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("command: is empty, give the program to start");
        }
        requireAbsolute("directory", directory);
        requireAbsolute("log", log);
    }

    private static void requireAbsolute(String field, Path path) {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException(field + ": '" + path + "' is relative, give an absolute path");
        }
    }
}
