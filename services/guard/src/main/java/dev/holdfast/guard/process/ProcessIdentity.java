package dev.holdfast.guard.process;

import java.util.Optional;

/**
 * A process that cannot be confused with a later one of the same pid.
 *
 * @param pid process id
 * @param startTicks field 22 of /proc/pid/stat: clock ticks from boot to the start of the process
 */
public record ProcessIdentity(int pid, long startTicks) {

    /** The calling process. */
    public static ProcessIdentity self() {
        return of((int) ProcessHandle.current().pid()).orElseThrow();
    }

    /** The process that has this pid now, if any (a zombie counts). */
    public static Optional<ProcessIdentity> of(int pid) {
        ProcessEntry entry = ProcessEntry.read(pid);
        return entry == null ? Optional.empty() : Optional.of(entry.identity());
    }

    /**
     * Reads the form of {@link #toString()}, as pid files hold it.
     *
     * @throws IllegalArgumentException if the text is not two numbers
     */
    public static ProcessIdentity parse(String text) {
        String[] parts = text.strip().split(" ", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("process identity '" + text + "': expected 'pid starttime'");
        }
        try {
            return new ProcessIdentity(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
        } catch (NumberFormatException notNumbers) {
            throw new IllegalArgumentException("process identity '" + text + "': expected two numbers", notNumbers);
        }
    }

    /** Whether it is still in the process table, be it as a zombie. */
    public boolean isPresent() {
        ProcessEntry entry = ProcessEntry.read(pid);
        return entry != null && entry.startTicks() == startTicks;
    }

    /** Whether it can still run an instruction: present and neither a zombie nor dead. */
    public boolean isAlive() {
        ProcessEntry entry = ProcessEntry.read(pid);
        return entry != null && entry.startTicks() == startTicks && entry.isAlive();
    }

    /** SIGKILL to exactly this process; false if it is no longer there. */
    public boolean kill() {
        return NativeCalls.signal(this, NativeCalls.SIGKILL);
    }

    /** {@code pid starttime}, the content of a pid file. */
    @Override
    public String toString() {
        return pid + " " + startTicks;
    }
}
