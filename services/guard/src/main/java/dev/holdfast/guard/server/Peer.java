package dev.holdfast.guard.server;

import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.protocol.Reply;

/** One connected client as the guard sees it. Used by the guard's thread only. */
interface Peer {

    /** Who it said it is; null until it has said hello. */
    ProcessIdentity process();

    String role();

    void greeted(String role, ProcessIdentity process);

    /** Queues a frame; never blocks. A client that does not read is disconnected. */
    void send(long id, Reply reply);
}
