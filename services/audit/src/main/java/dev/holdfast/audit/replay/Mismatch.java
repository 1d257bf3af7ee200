package dev.holdfast.audit.replay;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Position;

/**
 * Where the journal and the fold disagree.
 *
 * @param entry number of the journal entry at which it was noticed
 * @param input the input that was decided on; null if the journal begins without one
 * @param journalled what the journal says was decided; null if it says nothing
 * @param replayed what the fold decides; null if it decides nothing
 */
public record Mismatch(long entry, Position input, Decision journalled, Decision replayed) {

    /** Both versions in one line. */
    public String sentence() {
        return "entry " + entry + ", input " + input + ": journalled " + text(journalled) + ", replayed "
                + text(replayed);
    }

    private static String text(Decision decision) {
        return decision == null
                ? "nothing"
                : "decision " + decision.sequence() + " " + decision.event() + " by " + decision.cause();
    }
}
