package dev.holdfast.replication.volume;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A few threads for the time of one snapshot or one sync. The first failure ends all work. */
final class Workers implements AutoCloseable {

    private static final int MOST_COMPUTING = 4;
    private static final int MOST_WAITING = 16;

    private final ExecutorService threads;

    private Workers(int number) {
        this.threads = Executors.newFixedThreadPool(
                number, Thread.ofPlatform().name("volume-", 0).daemon().factory());
    }

    /** For work that reads and compares. */
    static Workers computing() {
        return new Workers(Math.min(MOST_COMPUTING, Runtime.getRuntime().availableProcessors()));
    }

    /** For work that waits for the disk. */
    static Workers waiting() {
        return new Workers(MOST_WAITING);
    }

    void run(List<Callable<Void>> work) throws IOException {
        List<Future<Void>> futures = work.stream().map(threads::submit).toList();
        try {
            for (Future<Void> future : futures) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            // Not interrupted: that would close channels that others still read. What waits is dropped.
            futures.forEach(future -> future.cancel(false));
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
