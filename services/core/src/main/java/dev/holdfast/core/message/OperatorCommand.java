package dev.holdfast.core.message;

import java.time.Instant;

/**
 * What a person, or a script in a person's name, asks of the cluster. Answered on {@code cluster.events} by
 * {@code CommandAnswered} with the same id.
 *
 * @param id a UUID chosen by the writer; a second record with the same id is ignored
 * @param at the writer's wall clock, for people; decides nothing
 */
public record OperatorCommand(String id, String who, String why, Instant at, Request request) implements Message {

    /** What is asked. */
    public sealed interface Request {

        /** Name of the guest or node it is about; also the record's key. */
        String target();
    }

    /** Declares or changes a guest; the specification itself is on {@code guest.specs} with the same id. */
    public record DeclareGuest(String guest) implements Request {
        @Override
        public String target() {
            return guest;
        }
    }

    /** Stops a guest and forgets it. Its volumes stay on the nodes. */
    public record RemoveGuest(String guest) implements Request {
        @Override
        public String target() {
            return guest;
        }
    }

    /** Wants the guest running. */
    public record RequestStart(String guest) implements Request {
        @Override
        public String target() {
            return guest;
        }
    }

    /** Wants the guest stopped. */
    public record RequestStop(String guest) implements Request {
        @Override
        public String target() {
            return guest;
        }
    }

    /**
     * Moves a running guest in an orderly way, without loss.
     *
     * @param to the node to move to; null lets placement choose
     */
    public record Switchover(String guest, String to) implements Request {
        @Override
        public String target() {
            return guest;
        }
    }

    /** Ends the error state of a guest after a person has looked at it. */
    public record ClearGuest(String guest) implements Request {
        @Override
        public String target() {
            return guest;
        }
    }

    /** Accepts the loss that the guest's GuestWaiting states: the freshest replica may be promoted. */
    public record AcceptLoss(String guest) implements Request {
        @Override
        public String target() {
            return guest;
        }
    }

    /** Moves every guest off the node and takes no new ones, until its next incarnation. */
    public record DrainNode(String node) implements Request {
        @Override
        public String target() {
            return node;
        }
    }

    /** A person confirms that the node is powered off: its guests cannot run. */
    public record ConfirmOff(String node) implements Request {
        @Override
        public String target() {
            return node;
        }
    }

    @Override
    public String summary() {
        return who + " asks " + request.getClass().getSimpleName() + " " + request.target()
                + (why.isBlank() ? "" : ": " + why);
    }
}
