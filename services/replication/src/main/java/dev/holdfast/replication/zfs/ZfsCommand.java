package dev.holdfast.replication.zfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Runs the commands of this machine, found by the path of this process. */
public final class ZfsCommand implements Zfs {

    private final Duration limit;

    /** @param limit a command that moves no stream is killed after this; more than 0 */
    public ZfsCommand(Duration limit) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("limit " + limit.toMillis() + " ms: must be more than 0");
        }
        this.limit = limit;
    }

    @Override
    public List<String> run(List<String> command) throws IOException {
        try (ZfsStream running = start(command)) {
            running.input().close();
            // Read aside: a command that hangs does not close its output, and its time must run out all the same.
            LimitedRead output = new LimitedRead(running.output());
            running.finish(limit);
            return new String(output.bytes(limit), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Override
    public ZfsStream start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        // Reasons are read out of what a command says, so it has to say it in one language.
        builder.environment().put("LC_ALL", "C");
        try {
            return new ZfsStream(command, builder.start());
        } catch (IOException e) {
            throw ZfsFailed.notRun(command, e);
        }
    }
}
