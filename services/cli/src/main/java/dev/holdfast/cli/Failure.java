package dev.holdfast.cli;

/** A command cannot go on. The message is one or two sentences for the user: what happened, and what to do about it. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Failure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }

    /** It was refused or failed. */
    public static Failure failed(String message) {
        return new Failure(ExitCode.FAILED, message, null);
    }

    /** It failed, and the cause belongs into the log. */
    public static Failure failed(String message, Throwable cause) {
        return new Failure(ExitCode.FAILED, message, cause);
    }

    /** What the user gave is wrong; nothing was changed. */
    public static Failure badInput(String message) {
        return new Failure(ExitCode.USAGE, message, null);
    }

    /** No cluster, none that answers, or no quorum. */
    public static Failure noAnswer(String message) {
        return new Failure(ExitCode.NO_ANSWER, message, null);
    }
}
