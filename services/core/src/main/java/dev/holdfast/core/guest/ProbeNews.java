package dev.holdfast.core.guest;

import java.time.Duration;

/** A change that others want to know: one per transition, not one per probe. */
public sealed interface ProbeNews {

    /**
     * The guest answers, for the first time since its start or again.
     *
     * @param latency    of the answering probe
     * @param sinceStart from the guest's start, less the time it was frozen
     */
    record Answers(Duration latency, Duration sinceStart) implements ProbeNews {
    }

    /**
     * The guest is down.
     *
     * @param reason   of the last failure, one line
     * @param failures consecutive failures up to now
     */
    record Down(String reason, int failures) implements ProbeNews {
    }
}
