package dev.holdfast.guard.server;

import dev.holdfast.guard.Endpoint;
import dev.holdfast.guard.clock.LeaseClock;
import dev.holdfast.guard.clock.SystemClock;
import dev.holdfast.guard.process.ChildWatch;
import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.process.ParentBound;
import dev.holdfast.guard.process.ProcessIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;

/** Puts the guard together and runs it in the calling thread. */
public final class GuardProcess {

    private final GuardSettings settings;
    private final Log log;
    private final CountDownLatch ended = new CountDownLatch(1);

    public GuardProcess(GuardSettings settings, Log log) {
        this.settings = settings;
        this.log = log;
    }

    /**
     * Guards until it is told to end: by a termination signal or the end of {@code supervisor}.
     *
     * @param supervisor a stream that ends when the supervisor does
     * @throws GuardRunsAlready if another guard holds the run folder
     */
    public void run(InputStream supervisor) throws IOException, GuardRunsAlready {
        NativeCalls.leaveSession();
        NativeCalls.becomeSubReaper();
        try (FileChannel file = FileChannel.open(
                        settings.runFolder().resolve("guard.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock == null) {
                throw new GuardRunsAlready(settings.runFolder());
            }
            guard(supervisor);
        } finally {
            ended.countDown();
        }
    }

    private void guard(InputStream supervisor) throws IOException {
        ParentBound bound = ParentBound.detect();
        ProcessIdentity self = ProcessIdentity.self();
        ChildWatch children = new ChildWatch(stopped -> {});
        GuardLoop loop = new GuardLoop(log);
        DeadlineAlarm alarm = new DeadlineAlarm(SystemClock.INSTANCE, () -> loop.execute(() -> {}));
        LeaseClock clock = LeaseClock.startingNow(SystemClock.INSTANCE);
        Launcher launcher = new Launcher(settings.node(), settings.machine(), bound, children);
        Guard guard = new Guard(
                new GuardIdentity(settings.node(), settings.machine(), self, bound.hasDeathSignal()),
                SystemClock.INSTANCE,
                clock,
                new ArmedFile(settings.runFolder(), settings.machine()),
                alarm,
                loop::tellAll,
                log);
        Membership membership = new Membership(self.pid(), settings.machine());
        guard.guards(new GuestTable(launcher, membership, loop, clock::now, loop::tellAll));
        children.start();
        alarm.start();
        launcher.start();
        endWhenTold(guard, loop, supervisor);
        Endpoint endpoint = Endpoint.create(settings.runFolder());
        try {
            loop.listen(endpoint.socket());
            endpoint.publish();
            log.say("guarding " + settings.node() + " as " + self + " on " + endpoint.socket()
                    + (bound.hasDeathSignal() ? "" : "; no setpriv here: only the supervisor kills orphans"));
            loop.run(guard);
        } finally {
            endpoint.remove();
        }
    }

    private void endWhenTold(Guard guard, GuardLoop loop, InputStream supervisor) {
        Thread.ofPlatform().name("supervisor-link").daemon().start(() -> {
            awaitEnd(supervisor);
            loop.execute(() -> guard.end("the supervisor has gone"));
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            loop.execute(() -> guard.end("told to terminate"));
            awaitOver();
        }));
    }

    private static void awaitEnd(InputStream supervisor) {
        try {
            while (supervisor.read() >= 0) {
                // Whatever is said there means only that somebody is still there.
            }
        } catch (IOException broken) {
            // As good as its end.
        }
    }

    private void awaitOver() {
        try {
            ended.await();
            log.flush();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run folder is another guard's. */
    public static final class GuardRunsAlready extends Exception {
        GuardRunsAlready(Path runFolder) {
            super("another guard runs with " + runFolder);
        }
    }
}
