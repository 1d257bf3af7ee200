package dev.holdfast.simulator.world;

import dev.holdfast.simulator.fault.Planned;
import java.util.function.BooleanSupplier;

/** What goes wrong with the heartbeat log itself: records that were acknowledged are there no more. */
final class LogStrikes {

    private final World world;
    private final BooleanSupplier calm;

    /** @param calm whether nothing new happens any more */
    LogStrikes(World world, BooleanSupplier calm) {
        this.world = world;
        this.calm = calm;
    }

    /** What the decision maker has not read yet is lost, often together with the node that held it. */
    void gap(Planned planned, Chance chance, Machine machine, long span) {
        long lag = chance.between(Chance.SECOND / 2, span / 2);
        world.decider.lag(world.now() + lag + Chance.SECOND, false);
        world.in(lag, () -> {
            if (!calm.getAsBoolean() && world.log.heartbeats.lose(world.decider.newOnHeartbeats()) > 0) {
                world.struck(planned.fault());
                world.note(() -> "records of the heartbeat log are lost");
                perhapsWithItsNode(chance, machine, span);
            }
        });
    }

    void truncate(Planned planned, Chance chance, Machine machine, long span) {
        Topic beats = world.log.heartbeats;
        long end = Math.max(0, beats.end() - 1 - chance.below(24));
        // Behind what was committed it is seen, whatever becomes of the decision maker.
        if (end < world.decider.committedOnHeartbeats()) {
            world.struck(planned.fault());
            beats.cutBack(end);
            world.note(() -> "the heartbeat log is cut back to " + end);
            world.decider.cutBack(end);
            perhapsWithItsNode(chance, machine, span);
        }
    }

    void loseUnseen(Planned planned, Chance chance, Machine machine, long span) {
        long lag = chance.between(span / 2, span);
        world.decider.lag(world.now() + lag + Chance.SECOND, false);
        world.in(lag, () -> {
            if (!calm.getAsBoolean() && world.log.heartbeats.loseUnseen(world.decider.readOnHeartbeats(), machine.name) > 0) {
                world.struck(planned.fault());
                perhapsWithItsNode(chance, machine, span);
            }
        });
    }

    private void perhapsWithItsNode(Chance chance, Machine machine, long span) {
        if (machine.powered && chance.oneIn(2)) {
            machine.link.cut(true, true);
            world.in(chance.between(span / 2, 2 * span), machine.link::heal);
        }
    }
}
