package dev.holdfast.core.decide;

import dev.holdfast.core.decide.Commands.Answer;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.node.ShutdownPolicy;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.NodeState;
import java.util.Locale;

/** What people ask of a node of the cluster. */
final class NodeCommands {

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

    private static Answer notLive(NodeState node) {
        return Answer.no(node.name() + " is " + node.liveness().name().toLowerCase(Locale.ROOT));
    }
}
