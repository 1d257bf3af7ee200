package dev.holdfast.recovery.probe;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs calls that may hang, one at a time, and ends them at a deadline.
 *
 * <p>Most JDBC drivers have no time limit that covers connecting, the handshake and a query. Each call runs on a
 * virtual thread of its own, because interrupting a virtual thread that waits for a socket closes the socket: the
 * driver gets an exception and its thread ends, which no interrupt does for a platform thread. A call that swallows
 * even that is never followed by another one while it lives, so that at most one thread can be stuck.
 */
public final class Deadline {

    private final String name;
    private Thread running;

    /** @param name of the threads, for a person who reads a thread dump */
    public Deadline(String name) {
        this.name = name;
    }

    /**
     * The result of the call.
     *
     * @throws TimeoutException     if it took longer than the limit, or an earlier call still has not ended
     * @throws ExecutionException   if it failed; the cause says why
     * @throws InterruptedException if the caller was interrupted; the call is then ended, too
     */
    public synchronized <T> T call(Callable<T> call, Duration limit)
            throws TimeoutException, ExecutionException, InterruptedException {
        if (running != null && running.isAlive()) {
            running.interrupt();
            throw new TimeoutException("an earlier call has not ended yet");
        }
        FutureTask<T> task = new FutureTask<>(call);
        running = Thread.ofVirtual().name(name).start(task);
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException ended) {
            running.interrupt();
            throw ended;
        }
    }
}
