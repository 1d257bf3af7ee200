package dev.holdfast.guard.supervisor;

import dev.holdfast.guard.process.ChildWatch;
import dev.holdfast.guard.process.Markers;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.server.Log;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A process that is to run: the guard or the node's. Started from the supervisor's one permanent thread, because the
 * parent-death signal is bound to it. Its standard input is a pipe that ends when the supervisor does.
 */
final class Kept {

    private final String name;
    private final List<String> command;
    private final Path logFolder;
    private final PidFile pidFile;
    private final ChildWatch children;
    private final Log log;
    private final BackOff backOff = new BackOff();
    private Process process;
    private ProcessIdentity identity;
    private long startedNanos;
    private long startNotBeforeNanos = System.nanoTime();
    private Orphans orphans;

    Kept(String name, List<String> command, SupervisorSettings settings, ChildWatch children, Log log) {
        this.name = name;
        this.command = command;
        this.logFolder = settings.logFolder();
        this.pidFile = new PidFile(settings.runFolder(), name);
        this.children = children;
        this.log = log;
        this.orphans = new Orphans(settings.machine());
    }

    /** Null while it does not run. */
    ProcessIdentity identity() {
        return identity;
    }

    boolean isUp() {
        return process != null;
    }

    /** What its last run left behind; new with each end. */
    Orphans orphans() {
        return orphans;
    }

    /** Time until it may be started again, zero or less if it may now. */
    Duration untilStart() {
        return Duration.ofNanos(startNotBeforeNanos - System.nanoTime());
    }

    /** Starts it; a failure counts as an end at once. */
    void start(Consumer<Kept> ended, String machine) {
        startedNanos = System.nanoTime();
        children.launching();
        try {
            process = builder().start();
        } catch (IOException cannot) {
            children.launchFailed();
            log.say(name + " cannot be started: " + cannot.getMessage());
            down(machine);
            return;
        }
        int pid = (int) process.pid();
        children.launched(pid);
        identity = ProcessIdentity.of(pid).orElse(new ProcessIdentity(pid, 0));
        log.say(name + " started as " + identity);
        file();
        awaitEnd(process, ended);
    }

    /** To be called on the supervisor's thread when it has ended. */
    void ended(String machine) {
        log.say(name + " (" + identity + ") ended with status " + process.exitValue());
        down(machine);
    }

    private void down(String machine) {
        Duration wait = backOff.after(Duration.ofNanos(System.nanoTime() - startedNanos));
        startNotBeforeNanos = System.nanoTime() + wait.toNanos();
        process = null;
        identity = null;
        orphans = new Orphans(machine);
    }

    /** Asks it to end: SIGTERM. */
    void terminate() {
        if (process != null) {
            process.destroy();
        }
    }

    /** Ends its standard input. */
    void letGo() {
        if (process != null) {
            try {
                process.getOutputStream().close();
            } catch (IOException alreadyClosed) {
                // That is what was wanted.
            }
        }
    }

    void kill() {
        if (identity != null) {
            identity.kill();
        }
    }

    void removePidFile() {
        try {
            pidFile.remove();
        } catch (IOException left) {
            log.say(name + ".pid cannot be removed: " + left.getMessage());
        }
    }

    private void file() {
        try {
            pidFile.write(identity);
        } catch (IOException cannot) {
            log.say(name + ".pid cannot be written: " + cannot.getMessage());
        }
    }

    private void awaitEnd(Process running, Consumer<Kept> ended) {
        Thread.ofPlatform().name("await-" + name).daemon().start(() -> {
            try {
                running.waitFor();
                children.ended((int) running.pid());
                ended.accept(this);
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private ProcessBuilder builder() throws IOException {
        File file = LogFile.ready(logFolder, name).toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file));
        Map<String, String> environment = builder.environment();
        // Only guests carry these; whoever does is killed with them.
        List.of(Markers.GUEST, Markers.NODE, Markers.MACHINE, Markers.EPOCH, Markers.INCARNATION)
                .forEach(environment::remove);
        return builder;
    }
}
