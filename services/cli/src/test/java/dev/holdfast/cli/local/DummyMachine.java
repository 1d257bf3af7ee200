package dev.holdfast.cli.local;

import dev.holdfast.guard.process.Markers;
import dev.holdfast.guard.process.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Real processes that look like those of a node, in a run folder, for tests; ends what it started. */
final class DummyMachine implements AutoCloseable {

    private static final String SLEEP = "sleep 1000";

    private final String name;
    private final Path run;
    private final String machineId;
    private final List<ProcessHandle> started = new ArrayList<>();

    DummyMachine(String name, Path run, String machineId) {
        this.name = name;
        this.run = run;
        this.machineId = machineId;
    }

    Census census() {
        return new Census(name, run, machineId);
    }

    /** Starts a shell that runs the script and stays, and writes its pid file. */
    ProcessIdentity role(String role, String script) {
        ProcessIdentity identity = start(script, null);
        write(role, identity.toString());
        return identity;
    }

    /** Writes a pid file. */
    void write(String role, String content) {
        try {
            Files.createDirectories(run);
            Files.writeString(run.resolve(role + ".pid"), content + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A guest that has left its parent, its session and every pid file: only its environment tells whose it is. */
    void strayGuest(String guest) {
        start("setsid sh -c '" + SLEEP + " & " + SLEEP + "' & exit 0", guest);
    }

    private ProcessIdentity start(String script, String guest) {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script + (guest == null ? "\n" + SLEEP : ""));
        if (guest != null) {
            builder.environment().put(Markers.MACHINE, machineId);
            builder.environment().put(Markers.GUEST, guest);
        }
        try {
            Process process = builder.start();
            started.add(process.toHandle());
            return ProcessIdentity.of((int) process.pid()).orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        census().take().forEach(process -> process.identity().kill());
        started.forEach(handle -> handle.descendants().forEach(ProcessHandle::destroyForcibly));
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
