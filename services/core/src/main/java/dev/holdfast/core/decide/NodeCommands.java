package dev.holdfast.core.decide;

import dev.holdfast.core.decide.Commands.Answer;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.node.ShutdownPolicy;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.LastWriter;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.NodeState;
import java.util.List;
import java.util.Locale;

/** What people ask of a node of the cluster. */
final class NodeCommands {

    /**
     * Boot counters are counted by the thousand for each machine of a node: one that was replaced, and has booted a few
     * times without a word on the log, does not come upon a counter of its successor.
     */
    private static final long BOOTS_OF_A_MACHINE = 1_000;

    private NodeCommands() {}

    static Answer drain(Turn turn, NodeState node) {
        if (!node.isLive()) {
            return notLive(node);
        }
        if (!node.draining()) {
            turn.decide(Rule.OPERATOR, new NodeEvent.NodeDraining(node.name(), node.incarnation()));
        }
        return Answer.yes(node.name() + " gives its guests away");
    }

    /** Also of a node that is down: it is not to take guests when it comes back. */
    static Answer beginMaintenance(Turn turn, NodeState node) {
        if (node.liveness() == Liveness.ABSENT) {
            return Answer.no(node.name() + " has never beaten: it has no guests, and takes none");
        }
        if (!node.maintenance()) {
            turn.decide(Rule.OPERATOR, new NodeEvent.MaintenanceBegun(node.name()));
        }
        return Answer.yes(node.name() + " gives its guests away, and takes none until its maintenance ends");
    }

    static Answer endMaintenance(Turn turn, NodeState node) {
        if (!node.maintenance()) {
            return Answer.no(node.name() + " is not in maintenance");
        }
        turn.decide(Rule.OPERATOR, new NodeEvent.MaintenanceEnded(node.name()));
        return Answer.yes(node.name() + " takes guests again");
    }

    /** A second word counts: who wanted to wait for every guest may have no time any more. */
    static Answer shutdown(Turn turn, NodeState node, ShutdownPolicy policy) {
        if (!node.isLive()) {
            return notLive(node);
        }
        if (node.shutdown() != policy) {
            turn.decide(Rule.OPERATOR, new NodeEvent.NodeShuttingDown(node.name(), node.incarnation(), policy));
        }
        return Answer.yes(switch (policy) {
            case FREEZE -> "the guests of " + node.name() + " stop, and start there again when it is back";
            case MIGRATE -> node.name() + " gives its guests away, and waits for those that no node can take";
            case FAILOVER, CONDITIONAL ->
                node.name() + " gives its guests away; those that no node can take stop, and are recovered elsewhere";
        });
    }

    /**
     * Only a node of which certainly nothing runs, and not while nobody can tell what else there is. What has no other
     * copy is not given up by the way: that is a word of its own.
     */
    static Answer replace(Turn turn, NodeState node, String machine) {
        String refusal = refusalToReplace(turn.state(), node, machine);
        if (refusal != null) {
            return Answer.no(refusal);
        }
        long before = node.replaced() == null ? 0 : node.replaced().boot();
        long boot = (Math.max(before, node.incarnation().boot()) / BOOTS_OF_A_MACHINE + 1)
                * BOOTS_OF_A_MACHINE;
        turn.decide(Rule.R1_INCARNATION, new NodeEvent.NodeReplaced(node.name(), node.incarnation(), machine, boot));
        return Answer.yes("machine " + machine + " is " + node.name() + " from now on, and begins as " + boot
                + ".1; the one before never may again. It owns no guest that has data before it holds a copy of it");
    }

    private static String refusalToReplace(ClusterState state, NodeState node, String machine) {
        if (node.liveness() == Liveness.ABSENT) {
            return node.name() + " has never beaten: nothing of it is promised, and there is nothing to replace";
        }
        if (node.liveness() != Liveness.FENCED) {
            return node.name() + " is " + node.liveness().name().toLowerCase(Locale.ROOT) + ", and only a node that is "
                    + "fenced can be replaced: see to it that its machine has no power, then 'fence confirm "
                    + node.name() + "'";
        }
        if (node.replaced() != null && node.replaced().machine().equals(machine)) {
            return "machine " + machine + " is " + node.name() + " already; it cannot take its own place";
        }
        if (state.frozen() != null) {
            return "the cluster is frozen: " + state.frozen().reason();
        }
        if (state.suspended()) {
            return "less than a majority of the voters is live: what is on the disk of " + node.name()
                    + " may be nowhere else";
        }
        List<String> only = state.guests().values().stream()
                .filter(guest -> !guest.removing() && !guest.lossAccepted() && isOnlyOn(guest, node.name()))
                .map(GuestState::name)
                .toList();
        return only.isEmpty()
                ? null
                : "no other node holds a copy of " + String.join(", ", only) + ": repair the machine, or give the data "
                        + "up first with 'guest accept-loss' or 'guest remove'";
    }

    /** Whether what the guest has is on that node and nowhere else. */
    static boolean isOnlyOn(GuestState guest, String node) {
        LastWriter writer = guest.lastWriter();
        boolean elsewhere = guest.replicas().keySet().stream().anyMatch(other -> !other.equals(node))
                || writer != null && !writer.node().equals(node) && guest.liveCopies().contains(writer.node());
        boolean here = guest.replicas().containsKey(node) || guest.liveCopies().contains(node);
        return here && !elsewhere;
    }

    private static Answer notLive(NodeState node) {
        return Answer.no(node.name() + " is " + node.liveness().name().toLowerCase(Locale.ROOT));
    }
}
