package dev.holdfast.replication.zfs;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** A command that did not do what it should; all that is known of it is in here. */
public final class ZfsFailed extends IOException {

    private final List<String> command;
    private final OptionalInt exitCode;
    private final String stderr;
    private final transient Process killed;

    private ZfsFailed(List<String> command, OptionalInt exitCode, String stderr, String how, Process killed) {
        super("'" + String.join(" ", command) + "' " + how + (stderr.isEmpty() ? "" : ": " + stderr));
        this.command = List.copyOf(command);
        this.exitCode = exitCode;
        this.stderr = stderr;
        this.killed = killed;
    }

    /** @param stderr what the command said, as it said it */
    static ZfsFailed exited(List<String> command, int exitCode, String stderr) {
        return new ZfsFailed(command, OptionalInt.of(exitCode), stderr.strip(), "exited with " + exitCode, null);
    }

    static ZfsFailed notRun(List<String> command, IOException cause) {
        ZfsFailed failed = new ZfsFailed(
                command, OptionalInt.empty(), "", "could not be run: " + cause.getMessage(), null);
        failed.initCause(cause);
        return failed;
    }

    /**
     * @param how for example "was killed after 60 s"
     * @param killed it may take a while to end
     */
    static ZfsFailed ended(List<String> command, String how, String stderr, Process killed) {
        return new ZfsFailed(command, OptionalInt.empty(), stderr.strip(), how, killed);
    }

    public List<String> command() {
        return command;
    }

    /** Empty if it was never run, or killed. */
    public OptionalInt exitCode() {
        return exitCode;
    }

    public String stderr() {
        return stderr;
    }

    /** Whether the command was killed and is there still: it waits in the kernel, for a device perhaps. */
    boolean stillRuns() {
        return killed != null && killed.isAlive();
    }

    /** Whether the command gave this reason; line breaks of its own do not matter. */
    boolean says(String reason) {
        return stderr.replaceAll("\\s+", " ").contains(reason);
    }
}
