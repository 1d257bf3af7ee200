package dev.holdfast.core.guest;

import java.time.Duration;

/** What can happen to a guest that is being probed. */
public sealed interface ProbeInput {

    /** A probe that began at {@code begunAt}, on the same scale as the judge's now, has ended. */
    record Probed(Duration begunAt, ProbeResult result) implements ProbeInput {
    }

    /** The guest was paused for a snapshot: until it is thawed its silence means nothing. */
    record Frozen() implements ProbeInput {
    }

    /** The guest runs again, whether the snapshot was taken or dropped. */
    record Thawed() implements ProbeInput {
    }
}
