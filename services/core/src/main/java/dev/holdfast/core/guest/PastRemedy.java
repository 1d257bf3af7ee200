package dev.holdfast.core.guest;

import java.time.Duration;

/** What was done about an earlier crash of a guest, and when, on any one monotonic scale. */
public sealed interface PastRemedy {

    /** When it was decided. */
    Duration at();

    /** It was started again on the same node. */
    record Restarted(Duration at) implements PastRemedy {
    }

    /** It was moved to another node. */
    record Relocated(Duration at) implements PastRemedy {
    }
}
