package dev.holdfast.audit.whatif;

import dev.holdfast.core.node.Timing;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What is supposed to have been otherwise.
 *
 * @param timing the timing that would have been in force instead of a recorded one; throws IllegalArgumentException,
 *     naming the value and the rule, if there can be none
 * @param without nodes that would not have been there: they stay voters, and say nothing
 */
public record Supposition(UnaryOperator<Timing> timing, Set<String> without) {

    public Supposition {
        without = Set.copyOf(without);
    }
}
