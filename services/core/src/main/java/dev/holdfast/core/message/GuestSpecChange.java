package dev.holdfast.core.message;

import dev.holdfast.core.guest.GuestSpec;
import java.time.Instant;

/**
 * A guest declared or changed, on {@code guest.specs} under the guest's name. A tombstone removes the guest.
 *
 * @param commandId the command that this answers to, a UUID chosen by the writer; the answer names it
 * @param at the writer's wall clock, for people
 */
public record GuestSpecChange(String commandId, String who, String why, Instant at, GuestSpec spec)
        implements Message {

    @Override
    public String summary() {
        return who + " declares " + spec.name() + ": " + why;
    }
}
