package dev.holdfast.cli;

/** What the command line's exit codes mean; scripts may rely on them. */
public final class ExitCode {

    /** Done, or what was asked for is shown. */
    public static final int OK = 0;
    /** The cluster refused it, or it failed. */
    public static final int FAILED = 1;
    /** The command line, a file or a name in it is wrong; nothing was changed. */
    public static final int USAGE = 2;
    /** There is no cluster, none that answers, or no quorum: whether it was done is unknown unless the message says so. */
    public static final int NO_ANSWER = 3;
    /** Ended by Ctrl-C, as shells count it. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
