package dev.holdfast.cli.command;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.read.LastBeats;
import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import dev.holdfast.core.event.JournalEntry.JournalDecision;
import dev.holdfast.core.message.Heartbeat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What status would have shown at a moment of the past, folded from the journal.
 *
 * @param entry number of the last entry that was folded
 * @param at wall clock of its writer
 */
record PastOverview(Overview overview, long entry, Instant at) {

    /**
     * Folds up to the moment.
     *
     * @throws Failure if the journal begins after it
     */
    static PastOverview at(Past past, Instant moment) {
        Map<String, LastBeats.Beat> beats = new HashMap<>();
        Map<String, GuestRecovered> outages = new HashMap<>();
        Past.Turn last = null;
        while (past.hasNext() && !past.peek().recordedAt().isAfter(moment)) {
            last = past.next();
            if (last.input().body() instanceof Heartbeat beat) {
                beats.put(beat.node(), new LastBeats.Beat(beat, last.input().at().offset()));
            }
            for (JournalDecision decided : last.decisions()) {
                if (decided.decision().event() instanceof GuestRecovered recovered) {
                    outages.put(recovered.guest(), recovered);
                }
            }
        }
        if (last == null) {
            throw Failure.badInput("--at " + moment + ": " + (past.hasNext()
                    ? "the journal that is kept begins at " + past.peek().recordedAt()
                    : "the journal is empty, or no checkpoint of it is kept"));
        }
        List<LastBeats.Beat> newest = new ArrayList<>(beats.values());
        return new PastOverview(
                new Overview(last.after(), LastBeats.of(newest), outages), last.entry(), last.recordedAt());
    }
}
