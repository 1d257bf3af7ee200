package dev.holdfast.replication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A command of a guest's owner, run on the node: no shell, a limited time, and a limited memory of what it says. */
final class HookCommand {

    private static final int MOST_OUTPUT = 4096;

    /** What was started by it and does not end with it is not waited for longer than that. */
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private HookCommand() {}

    /**
     * Runs it to its end, or kills it with all that it started.
     *
     * @return why it failed, with the last line that it wrote; empty if it ended with status 0
     */
    static Optional<String> run(String name, List<String> command, Map<String, String> environment, Duration timeout) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException notStarted) {
            return Optional.of(name + " cannot be run: " + notStarted.getMessage());
        }
        StringBuilder output = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> read(process.getInputStream(), output));
        try {
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.of(name + " took longer than " + timeout.toMillis() + " ms and was killed");
            }
            reader.join(LAST_WORDS);
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(name + " ended with status " + process.exitValue() + lastLine(output));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of(name + " was interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads on when it has enough, so that nobody who writes is held up. */
    private static void read(InputStream from, StringBuilder output) {
        byte[] some = new byte[MOST_OUTPUT];
        try (from) {
            for (int read = from.read(some); read >= 0; read = from.read(some)) {
                synchronized (output) {
                    output.append(new String(some, 0, read, StandardCharsets.UTF_8));
                    output.delete(0, Math.max(0, output.length() - MOST_OUTPUT));
                }
            }
        } catch (IOException gone) {
            // It was killed; what there is of its output is enough.
        }
    }

    private static String lastLine(StringBuilder output) {
        synchronized (output) {
            String text = output.toString().strip();
            return text.isEmpty() ? "" : ": " + text.substring(text.lastIndexOf('\n') + 1);
        }
    }
}
