package dev.holdfast.replication;

import java.time.Duration;

/** When a transfer counts as stuck; sender and receiver must agree. */
final class Stall {

    /** Nothing moved for this long. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private Stall() {}
}
