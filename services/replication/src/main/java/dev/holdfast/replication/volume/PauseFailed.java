package dev.holdfast.replication.volume;

import java.io.IOException;

/** The guest did not stand still as it should; becomes a value before it leaves the driver. */
public final class PauseFailed extends IOException {

    private final SnapshotOutcome.Reason reason;

    PauseFailed(SnapshotOutcome.Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public SnapshotOutcome.Reason reason() {
        return reason;
    }
}
