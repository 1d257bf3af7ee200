package dev.holdfast.simulator.world;

import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.message.GuestSpecChange;
import java.time.Instant;

/** What people put on the log of a new cluster. */
final class Beginning {

    private Beginning() {}

    static void declare(World world, String guest, Chance chance) {
        GuestSpec spec = Setup.guest(guest, chance);
        world.log.write(world.log.specs, guest, new GuestSpecChange(
                "declare-" + guest + "-" + world.log.specs.end(), "somebody", "simulated", Instant.EPOCH, spec));
    }
}
