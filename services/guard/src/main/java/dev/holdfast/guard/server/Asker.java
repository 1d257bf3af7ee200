package dev.holdfast.guard.server;

import dev.holdfast.core.guard.Refusal;
import dev.holdfast.guard.protocol.Reply;

/** Whoever waits for the answer to one request. Answering someone who has gone does nothing. */
@FunctionalInterface
interface Asker {

    void answer(Reply reply);

    default void refuse(Refusal reason, String detail) {
        answer(new Reply.Refused(reason, detail));
    }
}
