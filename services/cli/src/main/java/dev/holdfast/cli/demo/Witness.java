package dev.holdfast.cli.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * A guest's own evidence of when it ran: {@code <evidence>/<guest>.log}, and the lock {@code <evidence>/<guest>.lock}.
 *
 * <p>The lock is never waited for: a second guest that waited would look like one that started later. It says DOUBLE
 * and goes on, so that the failure is seen in the evidence as well as in the data.
 */
public final class Witness {

    /** Overlaps shorter than this can only be seen by the lock. */
    static final Duration ALIVE_EVERY = Duration.ofMillis(150);

    private final GuestIdentity identity;
    private final long pid = ProcessHandle.current().pid();
    private final FileChannel log;
    private final Thread heart;
    private boolean ended;

    private Witness(Path evidence, GuestIdentity identity) throws IOException {
        this.identity = identity;
        this.log = FileChannel.open(evidence.resolve(identity.guest() + ".log"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        this.heart = Thread.ofPlatform().daemon().name("witness").unstarted(this::beat);
    }

    /**
     * Says that this guest begins, and from now on that it is alive. To be called before the guest touches its data.
     *
     * @param evidence folder outside all node folders; made if it is not there
     * @throws IOException if the evidence cannot be written; then the guest must not run
     */
    public static Witness begin(Path evidence, GuestIdentity identity) throws IOException {
        Files.createDirectories(evidence);
        Witness witness = new Witness(evidence, identity);
        boolean alone = EvidenceCalls.lockForLife(evidence.resolve(identity.guest() + ".lock"));
        witness.say(EvidenceLine.Kind.START);
        if (!alone) {
            witness.say(EvidenceLine.Kind.DOUBLE);
        }
        witness.heart.start();
        return witness;
    }

    /** The last words of an orderly end. The lock stays until the process is gone. */
    public void exit() throws IOException {
        synchronized (this) {
            ended = true; // Not an interrupt: it would close the file under a write.
            say(EvidenceLine.Kind.EXIT);
        }
    }

    private void beat() {
        try {
            while (stillAlive()) {
                Thread.sleep(ALIVE_EVERY);
            }
        } catch (InterruptedException unexpected) {
            System.err.println("witness: interrupted, evidence of " + identity + " ends");
        } catch (IOException lost) {
            System.err.println("witness: cannot write evidence of " + identity + ": " + lost.getMessage());
        }
    }

    private synchronized boolean stillAlive() throws IOException {
        if (!ended) {
            say(EvidenceLine.Kind.ALIVE);
        }
        return !ended;
    }

    /** One write, so that lines of two processes never mix. */
    private synchronized void say(EvidenceLine.Kind kind) throws IOException {
        String line = new EvidenceLine(EvidenceCalls.bootNanos(), kind, pid, identity.node(), identity.epoch())
                .written();
        log.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    }
}
