package dev.holdfast.guard.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One line of the process table, from /proc/pid/stat.
 *
 * @param pid process id
 * @param parent pid of the parent; a sub-reaper for orphans
 * @param session session id
 * @param state the kernel's letter for the first thread: R, S, D, T (stopped), t (traced), Z (zombie), X (dead), I
 * @param threads number of threads that have not ended
 * @param startTicks clock ticks from boot to the start
 */
public record ProcessEntry(int pid, int parent, int session, char state, int threads, long startTicks) {

    private static final int STAT_BYTES = 2048;
    /** Fields are counted from the state, the first one after the command's closing parenthesis. */
    private static final int PARENT = 1;

    private static final int SESSION = 3;
    private static final int THREADS = 17;
    private static final int START = 19;

    /** The process with this pid, or null if there is none. */
    public static ProcessEntry read(int pid) {
        return read(pid, "/proc/" + pid + "/stat");
    }

    private static ProcessEntry read(int pid, String file) {
        byte[] line = new byte[STAT_BYTES];
        int length = 0;
        try (FileInputStream in = new FileInputStream(file)) {
            for (int read = in.read(line); read > 0; read = in.read(line, length, line.length - length)) {
                length += read;
            }
        } catch (IOException gone) {
            return null;
        }
        return length == 0 ? null : parse(pid, new String(line, 0, length, StandardCharsets.ISO_8859_1));
    }

    /** Reads a stat line. The command name may hold blanks and parentheses, so fields start after the last one. */
    static ProcessEntry parse(int pid, String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", START + 2);
        return new ProcessEntry(
                pid,
                Integer.parseInt(fields[PARENT]),
                Integer.parseInt(fields[SESSION]),
                fields[0].charAt(0),
                Integer.parseInt(fields[THREADS]),
                Long.parseLong(fields[START]));
    }

    public ProcessIdentity identity() {
        return new ProcessIdentity(pid, startTicks);
    }

    /** Whether it can still run. A process whose first thread has ended looks like a zombie while others go on. */
    public boolean isAlive() {
        return state != 'X' && state != 'x' && (state != 'Z' || threads > 1);
    }

    /** Whether a stop signal holds its first thread; the others may be in the middle of a system call. */
    public boolean isStopped() {
        return state == 'T' || state == 't';
    }

    /** Whether no thread of it runs or is in the middle of a system call: each is stopped or has ended. Looks again. */
    public boolean standsStill() {
        String tasks = "/proc/" + pid + "/task/";
        String[] ids = new File(tasks).list();
        for (String id : ids == null ? new String[0] : ids) {
            ProcessEntry thread = read(pid, tasks + id + "/stat");
            if (thread != null && !thread.isStopped() && thread.state() != 'Z' && thread.state() != 'X') {
                return false;
            }
        }
        return true;
    }

    /** Whether it waits in the kernel and takes no signal meanwhile. */
    public boolean isUninterruptible() {
        return state == 'D';
    }
}
