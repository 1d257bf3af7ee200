package dev.holdfast.guard.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One line of the process table, from /proc/pid/stat.
 *
 * @param pid process id
 * @param parent pid of the parent; a sub-reaper for orphans
 * @param session session id
 * @param state the kernel's letter: R, S, D, T (stopped), t (traced), Z (zombie), X (dead), I
 * @param startTicks clock ticks from boot to the start
 */
public record ProcessEntry(int pid, int parent, int session, char state, long startTicks) {

    private static final int STAT_BYTES = 2048;
    /** Fields are counted from the state, the first one after the command's closing parenthesis. */
    private static final int PARENT = 1;

    private static final int SESSION = 3;
    private static final int START = 19;

    /** The process with this pid, or null if there is none. */
    public static ProcessEntry read(int pid) {
        byte[] line = new byte[STAT_BYTES];
        int length = 0;
        try (FileInputStream in = new FileInputStream("/proc/" + pid + "/stat")) {
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
                Long.parseLong(fields[START]));
    }

    public ProcessIdentity identity() {
        return new ProcessIdentity(pid, startTicks);
    }

    /** Whether it can still run: neither a zombie nor dead. */
    public boolean isAlive() {
        return state != 'Z' && state != 'X' && state != 'x';
    }

    /** Whether a stop signal holds it. */
    public boolean isStopped() {
        return state == 'T' || state == 't';
    }
}
