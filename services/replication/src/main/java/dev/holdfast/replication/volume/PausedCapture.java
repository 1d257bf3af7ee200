package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.SnapshotOutcome.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The part of a snapshot during which the guest stands still. */
final class PausedCapture {

    private final Path live;
    private final Path clones;
    private final Reference reference;
    private final Map<String, LiveFile> known;
    private final Workers workers;
    private final Steps steps;
    private Duration paused = Duration.ZERO;

    /**
     * @param clones directory for reflinks, made if needed
     * @param known live files as they are in the reference
     */
    PausedCapture(
            Path live,
            Path clones,
            Reference reference,
            Map<String, LiveFile> known,
            Workers workers,
            Steps steps) {
        this.live = live;
        this.clones = clones;
        this.reference = reference;
        this.known = known;
        this.workers = workers;
        this.steps = steps;
    }

    /** How long the guest stood still, from the request until it ran again. */
    Duration paused() {
        return paused;
    }

    /** Compares while the guest stands still. */
    Capture compare(Pause pause, Duration maxPause, FileChannel scratch) throws IOException {
        return whilePaused(pause, maxPause, limit -> {
            LiveTree tree = LiveTree.read(live, limit);
            return new Comparison(live::resolve, reference, scratch, limit).capture(tree, known, workers);
        });
    }

    /** Clones what may have changed while the guest stands still, and compares the clones after. */
    Capture cloneThenCompare(Pause pause, Duration maxPause, FileChannel scratch) throws IOException {
        Files.createDirectory(clones);
        Map<String, Path> clonesByPath = new HashMap<>();
        LiveTree tree = whilePaused(pause, maxPause, limit -> {
            LiveTree names = LiveTree.read(live, limit);
            for (LiveFile file : names.files().values()) {
                limit.check();
                if (!file.equals(known.get(file.path()))) {
                    clonesByPath.put(file.path(), cloneOf(file.path(), clonesByPath.size()));
                }
            }
            return names;
        });
        return new Comparison(clonesByPath::get, reference, scratch, PauseLimit.none()).capture(tree, known, workers);
    }

    private Path cloneOf(String path, int number) throws IOException {
        Path clone = clones.resolve(Integer.toString(number));
        if (!Reflink.cloneFile(live.resolve(path), clone)) {
            throw new IOException("'" + path + "' could not be cloned on a file system that can clone");
        }
        return clone;
    }

    private interface Reading<T> {
        T read(PauseLimit limit) throws IOException;
    }

    private <T> T whilePaused(Pause pause, Duration maxPause, Reading<T> reading) throws IOException {
        prepare(pause);
        PauseLimit limit = PauseLimit.startingNow(maxPause);
        Pause.Held held = hold(pause, maxPause);
        boolean intact;
        T read;
        try {
            steps.reached(Steps.Step.GUEST_PAUSED);
            read = reading.read(limit);
            limit.check();
        } finally {
            intact = release(held);
            paused = limit.elapsed();
        }
        if (!intact) {
            throw new PauseFailed(Reason.PAUSE_BROKEN, "the guest ran again before it was read to the end");
        }
        return read;
    }

    private static void prepare(Pause pause) throws PauseFailed {
        try {
            pause.before();
        } catch (IOException e) {
            throw new PauseFailed(Reason.CANNOT_PAUSE, "the guest could not be frozen: " + e.getMessage());
        }
    }

    private static Pause.Held hold(Pause pause, Duration maxPause) throws PauseFailed {
        try {
            return pause.hold(maxPause);
        } catch (IOException e) {
            throw new PauseFailed(Reason.CANNOT_PAUSE, "the guest could not be paused: " + e.getMessage());
        }
    }

    private static boolean release(Pause.Held held) {
        try {
            return held.release();
        } catch (IOException e) {
            // The guard lets a guest go by itself; what matters here is that nobody knows when.
            return false;
        }
    }
}
