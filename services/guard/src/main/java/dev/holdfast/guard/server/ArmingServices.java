package dev.holdfast.guard.server;

import dev.holdfast.guard.process.ProcessIdentity;
import java.time.Duration;

/**
 * The process that armed. If it does not come back within 5 s after an expiry it hangs, and its supervisor can start
 * it again only once it is dead.
 */
final class ArmingServices {

    private static final Duration RETURN_WITHIN = Duration.ofSeconds(5);
    private static final Duration KILL_AGAIN = Duration.ofMillis(200);

    private final ProcessIdentity guard;
    private final Log log;
    private ProcessIdentity process;
    private Duration nextLook;

    ArmingServices(ProcessIdentity guard, Log log) {
        this.guard = guard;
        this.log = log;
    }

    void armed(ProcessIdentity newProcess) {
        process = newProcess;
        nextLook = null;
    }

    void expired(Duration now) {
        nextLook = now.plus(RETURN_WITHIN);
    }

    void returned() {
        nextLook = null;
    }

    /** When to call {@link #look}; null if nothing is due. */
    Duration nextLook() {
        return nextLook;
    }

    /** Kills it if its time is up. */
    void look(Duration now) {
        if (nextLook == null || now.compareTo(nextLook) < 0) {
            return;
        }
        boolean alive = process.isAlive() && !process.equals(guard);
        nextLook = alive ? now.plus(KILL_AGAIN) : null;
        if (alive) {
            log.say("killing the services (" + process + "): no sign of them for " + RETURN_WITHIN);
            process.kill();
        }
    }
}
