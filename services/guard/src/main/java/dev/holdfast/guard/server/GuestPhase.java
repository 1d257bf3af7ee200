package dev.holdfast.guard.server;

import java.time.Duration;

/**
 * What the guard is doing with a guest.
 *
 * <pre>
 * Starting -> Running <-> Stilling -> Frozen -> Running
 * any of these -> Stopping -> Ending -> gone
 * any of these -> Ending (main process ended, expiry)
 * </pre>
 */
sealed interface GuestPhase {

    /** The operating system was asked to start it. */
    record Starting(Asker asker) implements GuestPhase {}

    record Running() implements GuestPhase {}

    /**
     * Stop signals are under way.
     *
     * @param until when it is thawed in any case
     */
    record Stilling(Duration until, Asker asker, Freezing freezing) implements GuestPhase {}

    /** Everything stands, until then at the latest. */
    record Frozen(Duration until, Freezing freezing) implements GuestPhase {}

    /** Was asked to end; is killed at that time. */
    record Stopping(Duration killAt) implements GuestPhase {}

    /**
     * Is being killed.
     *
     * @param cleanScans how many looks in a row found nothing alive
     * @param looks how many looks there were
     * @param nextLook when to look again
     */
    record Ending(int cleanScans, int looks, Duration nextLook) implements GuestPhase {}
}
