package dev.holdfast.cli.drill;

import java.util.List;

/**
 * What a drill came to, before its receipts are looked at.
 *
 * @param guests those that were away
 * @param faults what did not go as it should; empty if all did
 */
record Outcome(List<String> guests, List<String> faults) {

    Outcome {
        guests = List.copyOf(guests);
        faults = List.copyOf(faults);
    }
}
