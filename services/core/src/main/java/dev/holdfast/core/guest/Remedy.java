package dev.holdfast.core.guest;

import java.time.Duration;

/** What is to be done about a crash of a guest. */
public sealed interface Remedy {

    /** One sentence for people: why this and not another remedy. */
    String reason();

    /**
     * Start it again on the same node.
     *
     * @param after wait this long first
     */
    record RestartInPlace(Duration after, String reason) implements Remedy {
    }

    /** Move it to another node, as one leaves a live node: nothing is lost. */
    record Relocate(String reason) implements Remedy {
    }

    /** Do nothing more: the guest is in error until a person clears it, which also empties the history. */
    record GiveUp(String reason) implements Remedy {
    }
}
