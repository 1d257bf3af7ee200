package dev.holdfast.guard.protocol;

/**
 * How a guest's main process ended.
 *
 * @param code its exit code; 0 when a signal ended it
 * @param signal the signal that ended it; 0 when it exited by itself
 */
public record Exit(int code, int signal) {

    private static final int SIGNAL_BASE = 128;
    private static final int LAST_SIGNAL = 64;

    /** The guard knows of no main process that ended: the start itself failed. */
    public static final Exit NEVER_RAN = new Exit(-1, 0);

    /**
     * Takes a shell's reading of an exit status: 128 + n stands for signal n. A program that exits with such a value
     * by itself cannot be told apart.
     */
    public static Exit ofShellStatus(int status) {
        boolean signalled = status > SIGNAL_BASE && status <= SIGNAL_BASE + LAST_SIGNAL;
        return signalled ? new Exit(0, status - SIGNAL_BASE) : new Exit(status, 0);
    }

    @Override
    public String toString() {
        return signal > 0 ? "signal " + signal : "exit code " + code;
    }
}
