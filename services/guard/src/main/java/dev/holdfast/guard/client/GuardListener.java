package dev.holdfast.guard.client;

import dev.holdfast.guard.protocol.Reply;

/**
 * Hears the guard's news, in order, on one thread of the client; it may call the client. News of before the
 * connection is not repeated: ask for status and list after connecting.
 */
public interface GuardListener {

    /** The guard expired; guests are being killed. Acknowledge within 5 s or this process is killed. */
    default void expiring(Reply.Expiring news) {}

    /** Everything guarded is proven dead; a newer incarnation may arm. */
    default void expired(Reply.Expired news) {}

    /** A guest's main process ended and nothing of the guest is left. */
    default void guestExited(Reply.GuestExited news) {}

    /** A frozen guest runs on. */
    default void thawed(Reply.Thawed news) {}

    /** The guard is gone, or was never heard again: a lapse. The client is of no use any more; connect a new one. */
    default void connectionLost(String why) {}
}
