package dev.holdfast.replication.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A client process whose standard input and output are the two directions. It ends with the connection. */
final class SshConnection implements Connection {

    private static final long LAST_WORDS_MS = 1000;
    private static final long REAPED_MS = 2000;

    private final SshRoute route;
    private final Process process;
    private final SshErrors errors;

    private SshConnection(SshRoute route, Process process) {
        this.route = route;
        this.process = process;
        this.errors = SshErrors.read(process.getErrorStream());
    }

    static Connection start(SshRoute route, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        // Neither an agent nor a program that asks for passwords, and messages in the language that is looked for.
        builder.environment().keySet().removeIf(name -> name.startsWith("SSH_") || name.equals("DISPLAY"));
        builder.environment().put("LC_ALL", "C");
        try {
            return new SshConnection(route, builder.start());
        } catch (IOException e) {
            throw new IOException("ssh cannot be started (install openssh-client): " + e.getMessage(), e);
        }
    }

    @Override
    public InputStream input() {
        return process.getInputStream();
    }

    @Override
    public OutputStream output() {
        return process.getOutputStream();
    }

    @Override
    public void endOutput() throws IOException {
        process.getOutputStream().close();
    }

    @Override
    public String name() {
        return route.name();
    }

    @Override
    public Optional<String> complaint() {
        await(LAST_WORDS_MS);
        return errors.text(LAST_WORDS_MS).map(said -> SshErrors.explain(said, route));
    }

    /** Killed, not asked: a client that waits for a dead network does not see a closed pipe. */
    @Override
    public void close() {
        process.destroyForcibly();
        await(REAPED_MS);
    }

    private void await(long millis) {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For tests: that none is left behind. */
    ProcessHandle process() {
        return process.toHandle();
    }
}
