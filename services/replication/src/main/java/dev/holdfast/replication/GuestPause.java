package dev.holdfast.replication;

import dev.holdfast.guard.client.Answer;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.protocol.Reply;
import dev.holdfast.replication.volume.Pause;
import java.io.IOException;
import java.time.Duration;

/** Makes a guest stand still through the guard, which lets it go by itself if nobody else does in time. */
final class GuestPause implements Pause {

    private final GuardClient guard;
    private final String guest;

    GuestPause(GuardClient guard, String guest) {
        this.guard = guard;
        this.guest = guest;
    }

    @Override
    public Held hold(Duration atMost) throws IOException {
        return switch (guard.freeze(guest, atMost)) {
            case Answer.Given<Integer> given -> this::thaw;
            case Answer.Refused<Integer> refused -> throw new IOException(refused.detail());
        };
    }

    /** Whether the guest stood still until now: the guard refuses to thaw what is not frozen any more. */
    private boolean thaw() {
        return guard.thaw(guest) instanceof Answer.Given<Reply.Done>;
    }
}
