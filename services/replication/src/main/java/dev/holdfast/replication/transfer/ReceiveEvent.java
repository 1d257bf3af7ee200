package dev.holdfast.replication.transfer;

import dev.holdfast.replication.volume.ReceiveOutcome;
import dev.holdfast.replication.volume.StoredSnapshot;
import java.time.Duration;
import java.util.Optional;

/** What happens on the target's side, for the log and for reports. */
public sealed interface ReceiveEvent {

    /** @param from address of the other side */
    record Refused(String from, Refusal refusal) implements ReceiveEvent {}

    /** @param bytes received so far; told at each chunk, so keep it cheap */
    record Progress(Hello hello, long bytes) implements ReceiveEvent {}

    /**
     * The snapshot is complete and durable, and this was told before the owner was.
     *
     * @param base id of the snapshot it was built on; empty for a full copy, and for the rest of a cut transfer
     */
    record Stored(Hello hello, StoredSnapshot snapshot, long bytes, Duration took, Optional<String> base)
            implements ReceiveEvent {}

    /** @param cause what ended it: {@code STALLED} and {@code KILLED} are cuts by this side */
    record Failed(Hello hello, Cause cause, String detail) implements ReceiveEvent {}

    enum Cause {
        CUT,
        STALLED,
        KILLED,
        INVALID,
        NO_BASE,
        CHANGED,
        BUSY,
        NO_SPACE,
        IO;

        static Cause of(ReceiveOutcome.Reason reason) {
            return switch (reason) {
                case CUT -> CUT;
                case INVALID -> INVALID;
                case NO_BASE -> NO_BASE;
                case CHANGED -> CHANGED;
                case BUSY -> BUSY;
                case NO_SPACE -> NO_SPACE;
                case IO -> IO;
            };
        }
    }
}
