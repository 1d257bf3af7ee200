package dev.holdfast.replication.volume;

import java.time.Duration;

/** Ends what is being received. */
@FunctionalInterface
public interface ReceiveKill {

    /**
     * Kills every receive of the guest that is under way and waits until they are dead.
     *
     * @return whether none is alive; false after {@code within}, or if the caller was interrupted
     */
    boolean killAll(String guest, Duration within);
}
