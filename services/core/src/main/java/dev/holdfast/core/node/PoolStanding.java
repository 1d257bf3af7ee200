package dev.holdfast.core.node;

/** What a pool's health means for the guests of its node. */
public enum PoolStanding {
    /** Nothing is wrong with it. */
    FIT,
    /** Someone should look at it; guests may run on it and come to it. */
    WARNS,
    /** Nothing is known of it: guests stay where they are, and none comes. */
    UNREADABLE,
    /** It has no room: guests leave it where policy says so, and none comes. */
    FULL,
    /** It has lost data or does not answer: guests leave it where policy says so, and none comes. */
    FAULTED;

    /** Whether a guest may come to a node with such a pool. */
    public boolean takesGuests() {
        return this == FIT || this == WARNS;
    }

    /** Whether guests have a reason to leave it. */
    public boolean drivesGuestsAway() {
        return this == FULL || this == FAULTED;
    }
}
