package dev.holdfast.cli.command;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.PresentState;
import dev.holdfast.cli.read.StateReader;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import java.util.Map;

/** Looks a guest up in the present state. */
final class KnownGuest {

    private KnownGuest() {}

    /**
     * The guest.
     *
     * @throws Failure naming the guests there are
     */
    static GuestState named(ClusterAccess access, String name) {
        Map<String, GuestState> guests = new StateReader(access)
                .read()
                .map(PresentState::state)
                .map(ClusterState::guests)
                .orElse(Map.of());
        return named(guests, name);
    }

    /** As above, of the guests there are. */
    static GuestState named(Map<String, GuestState> guests, String name) {
        GuestState guest = guests.get(name);
        if (guest == null) {
            throw Failure.badInput("no guest '" + name + "'; "
                    + (guests.isEmpty() ? "there are none" : "the guests are " + String.join(", ", guests.keySet())));
        }
        return guest;
    }
}
