package dev.holdfast.guard.process;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Wraps a command so that its process leads a session of its own and is killed by the kernel when its parent dies.
 * The signal is bound to the parent's <em>thread</em>: start such commands from a thread that lives as long as the
 * process. Before the command runs, the wrapper looks whether its parent is still the one that started it, because a
 * parent that died before the signal was asked for sends none.
 */
public final class ParentBound {

    private static final String CHECK = "[ \"$PPID\" = \"$0\" ] || exit 125; exec \"$@\"";

    private final boolean deathSignal;
    private final boolean ownSession;

    private ParentBound(boolean deathSignal, boolean ownSession) {
        this.deathSignal = deathSignal;
        this.ownSession = ownSession;
    }

    /** Looks which tools this machine has: setpriv with --pdeathsig, and setsid. Starts a short process. */
    public static ParentBound detect() {
        return new ParentBound(works("setpriv", "--pdeathsig", "KILL", "--", "true"), onPath("setsid"));
    }

    /** Whether the kernel will kill the process when its parent dies; if not, somebody else has to. */
    public boolean hasDeathSignal() {
        return deathSignal;
    }

    /** The command to start instead of {@code command}, from this process. The pid stays the same all along. */
    public List<String> wrap(List<String> command) {
        List<String> wrapped = new ArrayList<>();
        if (deathSignal) {
            wrapped.addAll(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        }
        if (ownSession) {
            wrapped.add("setsid");
        }
        wrapped.addAll(List.of(
                "/bin/sh", "-c", CHECK, Long.toString(ProcessHandle.current().pid())));
        wrapped.addAll(command);
        return wrapped;
    }

    private static boolean works(String... command) {
        if (!onPath(command[0])) {
            return false;
        }
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException cannotRun) {
            return false;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean onPath(String tool) {
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(":")) {
            if (new File(folder, tool).canExecute()) {
                return true;
            }
        }
        return false;
    }
}
