package dev.holdfast.guard;

import dev.holdfast.core.guard.Refusal;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.client.Answer;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.client.GuardListener;
import dev.holdfast.guard.clock.LeaseClock;
import dev.holdfast.guard.clock.SystemClock;
import dev.holdfast.guard.protocol.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A node's process as far as the guard is concerned: arms, feeds and checks in, as a newer incarnation after every
 * lapse, for ever. {@code ServicesProcess RUN-FOLDER WD-MILLIS [silent]}; writes the armed incarnation to
 * run/test.armed. A silent one never acknowledges an expiry.
 */
public final class ServicesProcess {

    private static final Duration LEASE = Duration.ofSeconds(3600);

    private final Path runFolder;
    private final Duration wd;
    private final boolean acknowledges;
    private final LeaseClock clock = LeaseClock.startingNow(SystemClock.INSTANCE);

    private ServicesProcess(Path runFolder, Duration wd, boolean acknowledges) {
        this.runFolder = runFolder;
        this.wd = wd;
        this.acknowledges = acknowledges;
    }

    public static void main(String[] args) throws Exception {
        Duration wd = Duration.ofMillis(Long.parseLong(args[1]));
        ServicesProcess services = new ServicesProcess(Path.of(args[0]), wd, args.length == 2);
        while (true) {
            services.live();
            Thread.sleep(50);
        }
    }

    private void live() throws InterruptedException {
        try (GuardClient client = GuardClient.connect(runFolder, "node", new GuardListener() {})) {
            Incarnation incarnation = armNewer(client);
            while (feed(client, incarnation)) {
                Thread.sleep(wd.toMillis() / 4);
            }
            if (acknowledges) {
                client.acknowledge(incarnation);
            } else {
                Thread.sleep(Long.MAX_VALUE);
            }
        } catch (IOException noGuard) {
            // It is being started again.
        }
    }

    private Incarnation armNewer(GuardClient client) throws IOException, InterruptedException {
        while (true) {
            Incarnation newest = client.status().orThrow().incarnation();
            Incarnation next = newest == null ? new Incarnation(1, 1) : new Incarnation(1, newest.k() + 1);
            Answer<Duration> armed = client.arm(next, clock.until(clock.now().plus(LEASE)), wd);
            if (armed.isGiven()) {
                Files.writeString(runFolder.resolve("test.armed"), next.toString());
                return next;
            }
            if (armed.refusal().orElseThrow() == Refusal.CONNECTION_LOST) {
                throw new IOException("the guard has gone");
            }
            Thread.sleep(20);
        }
    }

    private boolean feed(GuardClient client, Incarnation incarnation) {
        Answer<Reply.Done> checkedIn = client.checkIn(incarnation);
        return checkedIn.isGiven()
                && client.feed(incarnation, clock.until(clock.now().plus(LEASE)), wd).isGiven();
    }
}
