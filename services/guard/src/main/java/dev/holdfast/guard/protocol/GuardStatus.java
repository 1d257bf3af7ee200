package dev.holdfast.guard.protocol;

import dev.holdfast.core.node.Incarnation;
import java.time.Duration;

/**
 * The guard in one look.
 *
 * @param state what it is doing
 * @param incarnation the armed or expired incarnation, or the last one armed on this machine; null if there was none
 * @param left time until it would expire; zero unless armed
 * @param sinceCheckIn time since recovery checked in or the guard was armed; zero unless armed
 * @param guests number of guests it knows, in any phase
 * @param parentDeathSignal whether the kernel kills direct guests when the guard dies (otherwise the supervisor does)
 * @param lastExpiry why it last expired, as one sentence; null if it did not since it started
 */
public record GuardStatus(
        State state,
        Incarnation incarnation,
        Duration left,
        Duration sinceCheckIn,
        int guests,
        boolean parentDeathSignal,
        String lastExpiry) {

    /** What a guard is doing. The wire carries the ordinal: append only. */
    public enum State {
        /** Nothing armed. */
        UNARMED,
        /** Armed and fed. */
        ARMED,
        /** Expired, and killing what it guarded. */
        KILLING,
        /** Expired, everything proven dead, waiting for a newer incarnation. */
        EXPIRED
    }
}
