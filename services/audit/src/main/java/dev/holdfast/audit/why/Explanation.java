package dev.holdfast.audit.why;

import dev.holdfast.core.decide.WhyNot;
import java.util.List;

/**
 * The answer to a why.
 *
 * @param subject the guest, node or decision that was asked about
 * @param decision what answers it best; null if nothing was ever decided about the subject
 * @param chain what led to it and what followed, in the order in which it was decided, the decision among them
 * @param refused nodes that could not take the guest at that moment; empty unless it is about a guest
 * @param standing how the subject stands at that moment, in one sentence
 */
public record Explanation(
        String subject, Told decision, List<Told> chain, List<WhyNot.Refusal> refused, String standing) {

    public Explanation {
        chain = List.copyOf(chain);
        refused = List.copyOf(refused);
    }
}
