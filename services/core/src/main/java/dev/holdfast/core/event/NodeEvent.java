package dev.holdfast.core.event;

import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.PoolStanding;
import dev.holdfast.core.node.PoolVerdict;
import dev.holdfast.core.node.ShutdownPolicy;

/** A decision about a node. */
public sealed interface NodeEvent extends Event {

    String node();

    @Override
    default String entity() {
        return node();
    }

    /**
     * The first beat of a new incarnation was accepted; all older ones are dead for ever.
     *
     * @param previous the incarnation before; null if there was none on this log
     * @param beat that first beat
     * @param offset its offset on the log
     */
    record NodeJoined(String node, Incarnation incarnation, Incarnation previous, Heartbeat beat, long offset)
            implements NodeEvent {
        @Override
        public String summary() {
            return node + " joined as " + incarnation + (previous == null ? "" : ", succeeding " + previous);
        }
    }

    /** The incarnation filed that its lease ended. */
    record NodeLapsed(String node, Incarnation incarnation, Lapsed.Reason reason, String detail) implements NodeEvent {
        @Override
        public String summary() {
            return node + "/" + incarnation + (reason == Lapsed.Reason.STOPPED ? " stopped: " : " lapsed: ") + detail;
        }
    }

    /** Silent on a moving log. */
    record NodeSuspected(String node, Incarnation incarnation, long lastOffset) implements NodeEvent {
        @Override
        public String summary() {
            return node + "/" + incarnation + " suspected: silent since offset " + lastOffset;
        }
    }

    /** A suspected node beat again. */
    record SuspicionCleared(String node, Incarnation incarnation) implements NodeEvent {
        @Override
        public String summary() {
            return node + "/" + incarnation + " beats again";
        }
    }

    /** Proven unable to run anything. */
    record NodeFenced(String node, Incarnation incarnation, String proof) implements NodeEvent {
        @Override
        public String summary() {
            return node + "/" + incarnation + " fenced: " + proof;
        }
    }

    /** The node gives its guests away and takes none. */
    record NodeDraining(String node, Incarnation incarnation) implements NodeEvent {
        @Override
        public String summary() {
            return node + "/" + incarnation + " is being drained";
        }
    }

    /** The node gives its guests away and takes none until maintenance ends, also in its next incarnations. */
    record MaintenanceBegun(String node) implements NodeEvent {
        @Override
        public String summary() {
            return node + " is in maintenance";
        }
    }

    /** The node takes guests again. */
    record MaintenanceEnded(String node) implements NodeEvent {
        @Override
        public String summary() {
            return node + "'s maintenance is over";
        }
    }

    /**
     * The node is about to be stopped in an orderly way, and takes no guest.
     *
     * @param policy what becomes of its guests; never CONDITIONAL
     */
    record NodeShuttingDown(String node, Incarnation incarnation, ShutdownPolicy policy) implements NodeEvent {
        @Override
        public String summary() {
            return node + "/" + incarnation + " is being shut down: "
                    + policy.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * The pool of the node's volumes means something else for guests than before, or means the same for another reason.
     *
     * @param from what it meant until now; null before anything was known of it
     * @param verdict what it means from now on, and why; null if the node has no pool any more
     */
    record PoolChanged(String node, Incarnation incarnation, PoolStanding from, PoolVerdict verdict)
            implements NodeEvent {

        /** What it means from now on; null if the node has no pool any more. */
        public PoolStanding to() {
            return verdict == null ? null : verdict.standing();
        }

        @Override
        public String summary() {
            return verdict == null
                    ? node + " keeps no pool any more"
                    : node + "'s " + verdict.says() + "; " + consequence();
        }

        private String consequence() {
            return switch (verdict.standing()) {
                case FIT, WARNS -> from != null && !from.takesGuests()
                        ? "guests may come to it again"
                        : "guests may run there";
                case UNREADABLE -> "its guests stay where they are, and none comes";
                case FULL, FAULTED -> "its guests leave where their policy and another node let them, and none comes";
            };
        }
    }

    /**
     * The machine of a fenced node is gone for good and another one takes its place, which holds nothing: its copies
     * and what it promised are forgotten with it.
     *
     * @param incarnation the last life of the machine that is gone
     * @param machine id of the one that is the node from now on
     * @param boot its first boot counter
     */
    record NodeReplaced(String node, Incarnation incarnation, String machine, long boot) implements NodeEvent {
        @Override
        public String summary() {
            return node + "/" + incarnation + " is replaced by machine " + machine + ", whose first boot is " + boot;
        }
    }

    /** A beat that cannot be accepted; it changes nothing. Filed once per incarnation. */
    record BeatRefused(String node, Incarnation incarnation, long offset, String reason) implements NodeEvent {
        @Override
        public String summary() {
            return "beat of " + node + "/" + incarnation + " refused: " + reason;
        }
    }
}
