package dev.holdfast.simulator.world;

import java.util.List;

/**
 * A pause that waits for a node's services at one place: between a look and its act.
 *
 * @param until when it gives up waiting, by the world's clock
 * @param stands how long the services stand still
 * @param atLeaseEnd whether it waits for the end of a lease
 * @param kills whether the services die right after the act that they stood still before
 */
record Trap(Place place, long until, long stands, boolean atLeaseEnd, boolean kills) {

    /** Where. */
    enum Place { BEFORE_CLOCK, BEFORE_SEND, AFTER_FIRST_BEAT, BEFORE_FEED, BEFORE_START, BEFORE_GIVE_UP }

    boolean waitsFor(Place here, long now, boolean leaseEnds) {
        return place == here && now <= until && (leaseEnds || !atLeaseEnd);
    }

    /** Anywhere, but more often where a look and its act are worth most. */
    static Place somewhere(Chance chance) {
        return switch (chance.below(4)) {
            case 0 -> Place.BEFORE_FEED;
            case 1 -> Place.AFTER_FIRST_BEAT;
            case 2 -> Place.BEFORE_CLOCK;
            default -> chance.of(List.of(Place.values()));
        };
    }
}
