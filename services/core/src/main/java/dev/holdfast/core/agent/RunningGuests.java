package dev.holdfast.core.agent;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Guests that run or may be starting on this node, with the epoch of each: what every beat says (rule R2). */
public final class RunningGuests {

    private final Map<String, Long> epochs = new ConcurrentHashMap<>();

    /** From before it is started. */
    public void mayRun(String guest, long epoch) {
        epochs.put(guest, epoch);
    }

    /** Only after the death of exactly that run is verified. */
    public void isDead(String guest, long epoch) {
        epochs.remove(guest, epoch);
    }

    public boolean contains(String guest) {
        return epochs.containsKey(guest);
    }

    /** A copy of what may run now. */
    public Map<String, Long> now() {
        return Map.copyOf(epochs);
    }
}
