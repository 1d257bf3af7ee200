package dev.holdfast.audit.whatif;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.core.event.Position;
import java.time.Duration;
import java.time.Instant;

/**
 * A moment of the past: the input at which something was decided.
 *
 * @param entry of the input in the journal
 * @param input where it stands
 * @param recordedAt its writer's wall clock
 */
public record Moment(long entry, Position input, Instant recordedAt) {

    static Moment of(Past.Turn turn) {
        return new Moment(turn.entry(), turn.input().at(), turn.recordedAt());
    }

    /** How long after that one. */
    Duration since(Moment other) {
        return Duration.between(other.recordedAt(), recordedAt);
    }
}
