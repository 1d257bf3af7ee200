package dev.holdfast.node.process;

import dev.holdfast.guard.machine.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code pid starttime}: names one process for ever, because the kernel gives a pid again but not with the same start.
 */
public final class PidFile {
    private static final int START_TIME = 22;

    private PidFile() {
    }

    /** Writes the pid and start time of this process. */
    public static void write(Path file) throws IOException {
        long pid = ProcessHandle.current().pid();
        DurableFile.replace(file, pid + " " + startTime(pid) + "\n");
    }

    /** Field 22 of {@code /proc/<pid>/stat}: clock ticks from boot to the start of the process. */
    private static long startTime(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The second field is the command in parentheses and may itself hold spaces and parentheses.
        String afterCommand = stat.substring(stat.lastIndexOf(')') + 2);
        return Long.parseLong(afterCommand.split(" ")[START_TIME - 3]);
    }
}
