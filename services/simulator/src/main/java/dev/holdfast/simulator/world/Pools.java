package dev.holdfast.simulator.world;

import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import java.util.List;

/** What becomes of the pools of volumes. */
final class Pools {

    private static final long SIZE = 100L << 30;
    private static final int USED_WHEN_WELL = 12;

    private Pools() {}

    private static PoolHealth used(int percent) {
        return new PoolHealth("tank", PoolState.ONLINE, SIZE, SIZE * percent / 100, 0, null, "");
    }

    private static PoolHealth degraded() {
        return new PoolHealth(
                "tank", PoolState.DEGRADED, SIZE, SIZE * USED_WHEN_WELL / 100, 2, null, "a device is gone");
    }

    private static PoolHealth unreadable() {
        return new PoolHealth("tank", PoolState.UNREADABLE, 0, 0, 0, null, "no answer");
    }

    private static PoolHealth faulted() {
        return new PoolHealth(
                "tank", PoolState.FAULTED, SIZE, SIZE * USED_WHEN_WELL / 100, 9, null, "too many devices are gone");
    }

    /** Something happens to the machine's pool; a full one fills on and empties through all that lies between. */
    static void strike(World world, Machine machine, Chance chance, long lasts) {
        PoolHealth struck = switch (chance.below(8)) {
            case 0 -> degraded();
            case 1 -> unreadable();
            case 2, 3 -> faulted();
            case 4 -> used(80 + chance.below(15));
            default -> used(95 + chance.below(6));
        };
        machine.pool = struck;
        machine.poolGivesNothing = switch (struck.state()) {
            case FAULTED -> chance.oneIn(2);
            case UNREADABLE -> chance.oneIn(3);
            case ONLINE, DEGRADED -> struck.usedPercent() >= PoolHealth.FULL_AT && chance.oneIn(4);
        };
        if (struck.state() == PoolState.FAULTED && machine.guard != null && chance.oneIn(2)) {
            List.copyOf(machine.guard.guests().names()).forEach(machine.guard.guests()::crash);
        }
        world.note(() -> machine + ": its pool is " + struck);
        world.in(lasts, () -> {
            if (machine.pool == struck) {
                boolean lingers = chance.oneIn(2);
                machine.pool = used(lingers ? 90 + chance.below(5) : USED_WHEN_WELL);
                machine.poolGivesNothing = false;
            }
        });
    }

    static void repair(Machine machine) {
        machine.pool = machine.pool == null ? null : used(USED_WHEN_WELL);
        machine.poolGivesNothing = false;
    }
}
