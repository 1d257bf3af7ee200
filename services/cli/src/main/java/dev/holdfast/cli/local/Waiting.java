package dev.holdfast.cli.local;

import dev.holdfast.cli.Failure;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what happens in other processes, by looking again and again. */
public final class Waiting {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private Waiting() {}

    /**
     * Waits until the condition holds.
     *
     * @return whether it held within that time
     * @throws Failure if the thread is interrupted
     */
    public static boolean until(BooleanSupplier condition, Duration within) {
        return until(condition, within, BETWEEN_LOOKS);
    }

    /** As {@link #until(BooleanSupplier, Duration)}, for a condition that is expensive to look at. */
    public static boolean until(BooleanSupplier condition, Duration within, Duration betweenLooks) {
        long end = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause(betweenLooks);
        }
        return true;
    }

    /** Does nothing for that long. */
    public static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted while waiting");
        }
    }
}
