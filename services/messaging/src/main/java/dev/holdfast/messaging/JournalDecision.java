package dev.holdfast.messaging;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.Message;

/**
 * An entry of {@code audit.journal}: a decision on the input before it.
 *
 * @param sequence 1, 2, 3 … over all entries of the journal, without a gap
 */
public record JournalDecision(long sequence, Decision decision) implements Message {

    @Override
    public String summary() {
        return "decided: " + decision.event().summary();
    }
}
