package dev.holdfast.core.message;

import dev.holdfast.core.node.ShutdownPolicy;
import java.time.Duration;
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

    /** What is asked of a node, not of a guest. */
    public sealed interface NodeRequest extends Request {

        String node();

        @Override
        default String target() {
            return node();
        }
    }

    /** Declares or changes a guest; the specification itself is on {@code guest.specs} with the same id. */
    public record DeclareGuest(String guest) implements Request {
        @Override
        public String target() {
            return guest;
        }
    }

    /**
     * Stops a guest and forgets it. Its volumes stay on the nodes.
     *
     * @param leaveRunning true to leave it running where it runs: it is forgotten once it has ended by itself
     */
    public record RemoveGuest(String guest, boolean leaveRunning) implements Request {
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

    /** Wants the guest stopped, and gives up whatever it is in: an error, a move, a wait. */
    public record RequestDisable(String guest) implements Request {

        @Override
        public String target() {
            return guest;
        }
    }

    /** Wants nothing to be decided about the guest, until another state is requested. */
    public record RequestIgnore(String guest) implements Request {

        @Override
        public String target() {
            return guest;
        }
    }

    /**
     * Moves a running guest in an orderly way, without loss; one that is stopped goes there when it is started.
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

    /** Has the running guest copied now, whatever its interval and whether or not its replication is paused. */
    public record RequestReplication(String guest) implements Request {
        @Override
        public String target() {
            return guest;
        }
    }

    /** Has the running guest copied no more, also on whichever node it runs next, until ResumeReplication. */
    public record PauseReplication(String guest) implements Request {
        @Override
        public String target() {
            return guest;
        }
    }

    /** Has the guest copied again, as its specification says. */
    public record ResumeReplication(String guest) implements Request {
        @Override
        public String target() {
            return guest;
        }
    }

    /**
     * Deletes a divergent branch of the guest for good.
     *
     * @param node the node that keeps it
     * @param aside its name there
     */
    public record DropDivergent(String guest, String node, String aside) implements Request {
        @Override
        public String target() {
            return guest;
        }
    }

    /** Moves every guest off the node and takes no new ones, until its next incarnation. */
    public record DrainNode(String node) implements NodeRequest {}

    /** Moves every guest off the node, which takes no new ones until EndMaintenance, whatever becomes of it meanwhile. */
    public record BeginMaintenance(String node) implements NodeRequest {}

    /** The node takes guests again. */
    public record EndMaintenance(String node) implements NodeRequest {}

    /**
     * The node is about to be stopped in an orderly way. Whoever asks stops it once nothing holds it any more.
     *
     * @param policy what becomes of its guests
     * @param reboot whether it comes back at once, for the policy CONDITIONAL
     */
    public record ShutdownNode(String node, ShutdownPolicy policy, boolean reboot) implements NodeRequest {}

    /**
     * The machine of a fenced node is gone for good, with all that was on it; another one takes its place.
     *
     * @param machine id of the new one, which must never have run as a node
     */
    public record ReplaceNode(String node, String machine) implements NodeRequest {}

    /**
     * Asks whether an orderly move of the guest, there and back, may be rehearsed now. It changes nothing: whoever asks
     * does it then, and the log knows why.
     *
     * @param maxLoss the guest's newest copy elsewhere must not be older; null for twice its replication interval
     */
    public record DrillGuest(String guest, Duration maxLoss) implements Request {
        @Override
        public String target() {
            return guest;
        }
    }

    /**
     * Asks whether the loss of the node may be rehearsed now. It changes nothing: whoever asks takes the node's power
     * then, and the log knows why.
     *
     * @param maxLoss the newest copy elsewhere of each guest on it must not be older; null for twice its interval
     */
    public record DrillNode(String node, Duration maxLoss) implements NodeRequest {}

    /** A person confirms that the node is powered off: its guests cannot run. */
    public record ConfirmOff(String node) implements NodeRequest {}

    @Override
    public String summary() {
        return who + " asks " + request.getClass().getSimpleName() + " " + request.target()
                + (why.isBlank() ? "" : ": " + why);
    }
}
