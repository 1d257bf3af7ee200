package dev.holdfast.replication.zfs;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a stream to its end in a thread of its own. */
final class LimitedRead {

    private final CompletableFuture<byte[]> read = new CompletableFuture<>();

    LimitedRead(InputStream stream) {
        Thread.ofVirtual().name("zfs-stdout").start(() -> {
            try {
                read.complete(stream.readAllBytes());
            } catch (IOException e) {
                read.completeExceptionally(e);
            }
        });
    }

    byte[] bytes(Duration atMost) throws IOException {
        try {
            return read.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the output of a command could not be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
