package dev.holdfast.core.guest;

import java.time.Duration;

/**
 * What is known about a guest from its probes since its last start. All times are on one monotonic scale with any
 * origin.
 *
 * @param phase     what the probes so far add up to
 * @param startedAt when the guest was started, moved on by the time it was frozen since
 * @param failures  failures since the last answer
 * @param frozenAt  when it was frozen; {@code null} while it runs
 * @param thawedAt  when it last was thawed, or startedAt: a probe begun before that does not count as a failure
 */
public record ProbeState(Phase phase, Duration startedAt, int failures, Duration frozenAt, Duration thawedAt) {

    /** What a guest's probes add up to. */
    public enum Phase {
        /** Started, has not answered yet. */
        STARTING,
        /** Answers. */
        ANSWERING,
        /** Has failed too often or for too long; it still may come back. */
        DOWN
    }

    /** A guest just started. */
    public static ProbeState startedAt(Duration now) {
        return new ProbeState(Phase.STARTING, now, 0, null, now);
    }

    /** Whether the guest is paused for a snapshot. */
    public boolean frozen() {
        return frozenAt != null;
    }

    ProbeState in(Phase next, int nextFailures) {
        return new ProbeState(next, startedAt, nextFailures, frozenAt, thawedAt);
    }
}
