package dev.holdfast.quorum.topology;

import dev.holdfast.encoding.input.Consumed;

/**
 * A record that the decision maker cannot get past: an event could not be applied, or what was decided cannot be
 * written down. The same record would have the same effect on every node, so nobody may try again by itself.
 */
public final class FatalTurn extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Consumed record;

    FatalTurn(Consumed record, RuntimeException cause) {
        super("the decision maker cannot get past " + record.at() + ": " + cause, cause);
        this.record = record;
    }

    /** The record it stopped at. */
    public Consumed record() {
        return record;
    }
}
