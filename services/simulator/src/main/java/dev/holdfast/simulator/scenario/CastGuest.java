package dev.holdfast.simulator.scenario;

import dev.holdfast.core.guest.GuestSpec;

/**
 * A guest of a scenario.
 *
 * @param startsOn the node it runs on when the story begins; null for wherever it is placed
 */
public record CastGuest(GuestSpec spec, String startsOn) {

    public String name() {
        return spec.name();
    }
}
