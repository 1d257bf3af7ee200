package dev.holdfast.guard.protocol;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.clock.TimeLeft;
import dev.holdfast.guard.process.ProcessIdentity;
import java.time.Duration;

/** What a service asks of the guard; each is answered by one {@link Reply} or {@link Reply.Refused}. */
public sealed interface Request {

    /**
     * The first request on a connection.
     *
     * @param version protocol version of the client
     * @param role who this is, for the guard's log: heartbeat, recovery, replication, node
     * @param process the calling process, killed if it does not come back after an expiry of what it armed
     */
    record Hello(int version, String role, ProcessIdentity process) implements Request {}

    /** Arms for a newer incarnation and feeds once; this connection is from now on the one whose end is a lapse. */
    record Arm(Incarnation incarnation, TimeLeft lease, Duration wd) implements Request {}

    /** Puts the guard's deadline off to now + {@code wd}, or the end of the lease if that is sooner. */
    record Feed(Incarnation incarnation, TimeLeft lease, Duration wd) implements Request {}

    /** Recovery is able to carry out commands. */
    record CheckIn(Incarnation incarnation) implements Request {}

    /** The services know that their lease is gone: expire now rather than at the deadline. */
    record GiveUp(Incarnation incarnation, String why) implements Request {}

    /** The services have noticed the expiry and will come back as a newer incarnation. */
    record Acknowledge(Incarnation incarnation) implements Request {}

    /** The clean end of an incarnation; only without guests. */
    record Disarm(Incarnation incarnation) implements Request {}

    record Start(StartOrder order) implements Request {}

    /** SIGTERM to the main process, after {@code grace} SIGKILL to everything; answered when all are proven dead. */
    record Stop(String guest, long epoch, Duration grace) implements Request {}

    record ListGuests() implements Request {}

    /** Brings every process of the guest to a stand for at most {@code atMost} (up to 2 s). */
    record Freeze(String guest, Duration atMost) implements Request {}

    record Thaw(String guest) implements Request {}

    /** Names a process that must die together with the guests, such as one that receives a replica. */
    record AddHelper(ProcessIdentity process) implements Request {}

    /** Takes back {@link AddHelper}. */
    record RemoveHelper(ProcessIdentity process) implements Request {}

    record AskStatus() implements Request {}
}
