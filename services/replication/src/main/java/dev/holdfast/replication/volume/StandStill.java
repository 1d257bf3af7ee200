package dev.holdfast.replication.volume;

import dev.holdfast.replication.volume.SnapshotOutcome.Reason;
import java.io.IOException;
import java.time.Duration;

/** The part of a snapshot during which the guest stands still: never longer than allowed, and always let go. */
public final class StandStill {

    private final Steps steps;
    private Duration lasted = Duration.ZERO;

    public StandStill(Steps steps) {
        this.steps = steps;
    }

    /** What is read while the guest stands still; a loop in it asks the limit at each turn. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(PauseLimit limit) throws IOException;
    }

    /** How long the guest stood still, from the request until it ran again; zero if it was never paused. */
    public Duration lasted() {
        return lasted;
    }

    /**
     * @throws PauseFailed if the guest did not stand still, or not until the end: what was read is worth nothing
     * @throws PauseTooLong if it took too long
     */
    public <T> T read(Pause pause, Duration maxPause, Reading<T> reading) throws IOException {
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
            lasted = limit.elapsed();
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
