package dev.holdfast.replication.volume;

import java.io.IOException;
import java.time.Duration;

/** Leaves the loops of a pause at once; becomes a value before it leaves the driver. */
public final class PauseTooLong extends IOException {

    PauseTooLong(Duration limit) {
        super("the guest would have stood still for more than " + limit.toMillis() + " ms");
    }
}
