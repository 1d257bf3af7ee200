package dev.holdfast.quorum.topology;

import dev.holdfast.core.event.Position;

/**
 * A record that the decision maker cannot get past: an event could not be applied, or what was decided cannot be
 * written down. The same record would have the same effect on every node, so nobody may try again by itself.
 */
public final class FatalTurn extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Position at;

    FatalTurn(Position at, RuntimeException cause) {
        super("the decision maker cannot get past " + at + ": " + cause, cause);
        this.at = at;
    }

    /** The record it stopped at. */
    public Position at() {
        return at;
    }
}
