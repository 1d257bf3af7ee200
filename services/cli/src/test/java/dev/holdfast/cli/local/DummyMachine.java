package dev.holdfast.cli.local;

import dev.holdfast.guard.process.Markers;
import dev.holdfast.guard.process.ProcessEntry;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.process.ProcessTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Real processes that look like those of a node, in a run folder, for tests; ends what it started. */
final class DummyMachine implements AutoCloseable {

    private static final String SLEEP = "sleep 1000";
    /** In the environment of all it starts, so that what forks while it is being ended is found as well. */
    private static final String OURS = "DUMMY_MACHINE";

    private final String name;
    private final Path run;
    private final String machineId;

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
        builder.environment().put(OURS, machineId);
        if (guest != null) {
            builder.environment().put(Markers.MACHINE, machineId);
            builder.environment().put(Markers.GUEST, guest);
        }
        try {
            return ProcessIdentity.of((int) builder.start().pid()).orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        while (ProcessTable.read().all().stream().filter(this::isOurs).map(entry -> entry.identity().kill()).count() > 0) {
            Waiting.pause(Duration.ofMillis(5));
        }
    }

    private boolean isOurs(ProcessEntry entry) {
        return entry.isAlive() && Markers.valueOf(entry.pid(), OURS).filter(machineId::equals).isPresent();
    }
}
