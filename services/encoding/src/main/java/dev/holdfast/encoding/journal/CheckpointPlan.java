package dev.holdfast.encoding.journal;

import java.time.Duration;
import java.time.Instant;

/**
 * When the whole state goes into the journal: what a replay or a look at the past may have to fold is bounded by it. A
 * checkpoint decides nothing, so the wall clock may say when it is due.
 *
 * @param entries after so many entries since the last one at the latest; at least 1
 * @param time after so long at the latest
 */
public record CheckpointPlan(long entries, Duration time) {

    /** An hour of three nodes that beat twice a second is 21,600 beats. */
    public static final CheckpointPlan HOURLY = new CheckpointPlan(20_000, Duration.ofHours(1));

    /** Whether one is due. A journal that has none yet needs none at its beginning, where the state is empty. */
    boolean isDue(JournalHead head, Instant now) {
        return head.entries() > 0
                && (head.entries() - head.checkpoint() >= entries || now.isAfter(head.checkpointAt().plus(time)));
    }
}
