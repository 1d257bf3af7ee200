package dev.holdfast.cli.local;

import dev.holdfast.cli.Failure;
import dev.holdfast.guard.process.NativeCalls;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Keeps two commands from starting and stopping the same processes, or choosing the same network, at the same time. */
final class ClusterLock implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final FileChannel channel;

    private ClusterLock(FileChannel channel) {
        this.channel = channel;
    }

    /** For one data folder. */
    static ClusterLock ofFolder(Path folder) {
        return take(folder.resolve(".lock"));
    }

    /** For choosing a network: held until the one chosen is really in use. One for each user of this host. */
    static ClusterLock ofNetworks() {
        return take(Path.of(System.getProperty("java.io.tmpdir"), "holdfast-networks-" + NativeCalls.effectiveUser() + ".lock"));
    }

    private static ClusterLock take(Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            long end = System.nanoTime() + LONGEST.toNanos();
            while (!tryLock(channel)) {
                if (System.nanoTime() > end) {
                    throw Failure.failed("another holdfast command has been changing this cluster for a minute: let it "
                            + "end or end it, then try again (lock file " + file + ")");
                }
                Waiting.pause(BETWEEN_TRIES);
            }
            return new ClusterLock(channel);
        } catch (IOException failed) {
            throw Failure.failed("cannot lock " + file + ": " + failed.getMessage(), failed);
        } catch (RuntimeException refused) {
            closeQuietly(channel);
            throw refused;
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException anotherThread) {
            return false;
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException unimportant) {
            // The failure that brought us here is the one to tell.
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
