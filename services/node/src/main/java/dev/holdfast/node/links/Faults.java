package dev.holdfast.node.links;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which directions are cut or delayed at present. Used by the relays' thread only. */
final class Faults {
    private final Set<Direction> cut = new HashSet<>();
    private final Map<Direction, Duration> delays = new HashMap<>();

    void cut(Direction direction) {
        cut.add(direction);
    }

    void heal(Direction direction) {
        cut.remove(direction);
        delays.remove(direction);
    }

    void delay(Direction direction, Duration delay) {
        if (delay.isZero()) {
            delays.remove(direction);
        } else {
            delays.put(direction, delay);
        }
    }

    boolean isCut(Direction direction) {
        return cut.contains(direction);
    }

    /** No TCP handshake completes unless both directions work. */
    boolean canConnect(Direction direction) {
        return !isCut(direction) && !isCut(direction.opposite());
    }

    Duration delay(Direction direction) {
        return delays.getOrDefault(direction, Duration.ZERO);
    }
}
