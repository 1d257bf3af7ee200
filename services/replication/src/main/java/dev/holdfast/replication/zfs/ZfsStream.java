package dev.holdfast.replication.zfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command that is sending or receiving. */
public final class ZfsStream implements AutoCloseable {

    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final List<String> command;
    private final Process process;
    private final CompletableFuture<String> stderr = new CompletableFuture<>();

    ZfsStream(List<String> command, Process process) {
        this.command = command;
        this.process = process;
        Thread.ofVirtual().name("zfs-stderr").start(() -> stderr.complete(text(process.getErrorStream())));
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }

    /** What the command writes. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** What the command reads. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /**
     * Waits for its end, after its stream was read or closed.
     *
     * @throws ZfsFailed if it exits with anything but 0, or was killed after {@code atMost}
     */
    public void finish(Duration atMost) throws IOException {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw ZfsFailed.ended(command, "was killed after " + atMost.toSeconds() + " s", said(), process);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw ZfsFailed.ended(command, "was interrupted", "", process);
        }
        if (process.exitValue() != 0) {
            throw ZfsFailed.exited(command, process.exitValue(), said());
        }
    }

    private String said() {
        return stderr.completeOnTimeout("", LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /**
     * Ends the command if it has not ended. Its streams are closed first and it is given time to see that: a storage
     * daemon goes on with a receive whose command was killed until the pipe is closed.
     */
    @Override
    public void close() {
        closeQuietly(process.getOutputStream());
        closeQuietly(process.getInputStream());
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception broken) {
            // The other end is gone, which is what was wanted.
        }
    }
}
