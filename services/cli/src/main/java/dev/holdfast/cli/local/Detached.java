package dev.holdfast.cli.local;

import dev.holdfast.cli.Failure;
import dev.holdfast.guard.process.Markers;
import dev.holdfast.guard.process.ProcessIdentity;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a process that outlives this one: own session, no terminal, output appended to a log. */
final class Detached {

    private static final Path NOWHERE = Path.of("/dev/null");

    private Detached() {}

    /**
     * Starts it and writes its pid file.
     *
     * @throws Failure if it cannot be started
     */
    static ProcessIdentity start(List<String> command, Path folder, Path log, Path pidFile) {
        List<String> detached = new ArrayList<>();
        if (hasSetsid()) {
            // Ctrl-C in the terminal goes to the session in front of it; this one must not hear it.
            detached.add("setsid");
        }
        detached.addAll(command);
        try {
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(detached)
                    .directory(folder.toFile())
                    .redirectInput(NOWHERE.toFile())
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .redirectErrorStream(true);
            // Started from inside a guest, it would be taken for a part of that guest.
            builder.environment().keySet().removeIf(List.of(
                    Markers.GUEST, Markers.NODE, Markers.EPOCH, Markers.INCARNATION, Markers.MACHINE)::contains);
            ProcessIdentity identity = ProcessIdentity.of((int) builder.start().pid())
                    .orElseThrow(() -> new IOException("it ended at once"));
            ProcessFiles.write(pidFile, identity);
            return identity;
        } catch (IOException failed) {
            throw Failure.failed("cannot start " + command.getFirst() + ": " + failed.getMessage() + "; its log is " + log,
                    failed);
        }
    }

    private static boolean hasSetsid() {
        for (String folder : String.valueOf(System.getenv("PATH")).split(File.pathSeparator)) {
            if (new File(folder, "setsid").canExecute()) {
                return true;
            }
        }
        return false;
    }
}
