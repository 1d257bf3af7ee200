package dev.holdfast.core.event;

import java.util.List;

/**
 * Why something was decided.
 *
 * @param input the record whose consumption completed the decision
 * @param logOffset newest offset of the heartbeat log consumed by then: the decision's time; -1 for none
 * @param evidence what the witnesses proved; empty where the rule needs none
 */
public record Cause(Rule rule, Position input, long logOffset, List<Evidence> evidence) {

    public Cause {
        evidence = List.copyOf(evidence);
    }
}
