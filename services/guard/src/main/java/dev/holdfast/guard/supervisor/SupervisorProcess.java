package dev.holdfast.guard.supervisor;

import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.server.Log;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the supervisor in the calling thread, which must live as long as the process. A termination signal begins an
 * orderly stop, and the process ends with status 0 when that is complete.
 */
public final class SupervisorProcess {

    private final SupervisorSettings settings;
    private final Log log;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean orderly;

    public SupervisorProcess(SupervisorSettings settings, Log log) {
        this.settings = settings;
        this.log = log;
    }

    /**
     * Supervises until a termination signal's orderly stop is complete, and the process ends.
     *
     * @throws SupervisorRunsAlready if another supervisor holds the run folder
     */
    public void run() throws IOException, InterruptedException, SupervisorRunsAlready {
        NativeCalls.leaveSession();
        try (FileChannel file = FileChannel.open(
                        settings.runFolder().resolve("supervisor.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock == null) {
                throw new SupervisorRunsAlready(settings.runFolder());
            }
            Supervisor supervisor = new Supervisor(settings, log);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                supervisor.stop();
                awaitEnded();
            }));
            supervisor.run();
            orderly = true;
        } finally {
            ended.countDown();
        }
    }

    private void awaitEnded() {
        try {
            ended.await();
            log.flush();
            if (orderly) {
                // Left to itself the JVM reports the signal, as if the stop had not been an orderly one.
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run folder is another supervisor's. */
    public static final class SupervisorRunsAlready extends Exception {
        SupervisorRunsAlready(Path runFolder) {
            super("another supervisor runs with " + runFolder);
        }
    }
}
