package dev.holdfast.replication.volume;

import java.io.IOException;
import java.time.Duration;

/** How the driver makes a guest stand still; the guard does it. */
@FunctionalInterface
public interface Pause {

    /** A guest that does not run needs no pause. */
    Pause NOT_RUNNING = atMost -> () -> true;

    /**
     * Called right before {@link #hold}, for what has to be done while the guest still runs; what it takes is no part of
     * the pause.
     *
     * @throws IOException if there is to be no snapshot
     */
    default void before() throws IOException {}

    /**
     * Returns once every process of the guest stands still.
     *
     * @param atMost after this long the guest may be let go on its own
     * @throws IOException if the guest cannot be made to stand still; it then runs
     */
    Held hold(Duration atMost) throws IOException;

    /** A guest that stands still. */
    @FunctionalInterface
    interface Held {

        /**
         * Lets the guest run again, at once. Called exactly once, whatever happened.
         *
         * @return whether it stood still without a break until now; if not, what was read is worth nothing
         * @throws IOException if it is not known whether the guest runs again
         */
        boolean release() throws IOException;
    }
}
