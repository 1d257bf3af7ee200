package dev.holdfast.guard.protocol;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.process.ProcessIdentity;
import java.time.Duration;
import java.util.List;

/**
 * A guest as the guard sees it.
 *
 * @param guest its name
 * @param epoch the epoch it was started under
 * @param incarnation the incarnation it was started under
 * @param phase what the guard is doing with it
 * @param main its main process; null while starting
 * @param processes every process that is or may be the guest's, the main one included; at most 500
 * @param age how long ago the start was accepted, on the guard's lease clock
 */
public record GuestView(
        String guest,
        long epoch,
        Incarnation incarnation,
        Phase phase,
        ProcessIdentity main,
        List<ProcessIdentity> processes,
        Duration age) {

    public GuestView {
        processes = List.copyOf(processes);
    }

    /** What the guard is doing with a guest. The wire carries the ordinal: append only. */
    public enum Phase {
        STARTING,
        RUNNING,
        /** Being brought to a stand, or standing; thawed by the guard itself in time. */
        FROZEN,
        /** Was asked to end and has its grace. */
        STOPPING,
        /** Being killed, or its death being verified. */
        ENDING
    }
}
