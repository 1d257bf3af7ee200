package dev.holdfast.core.decide;

import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.state.Base;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the other voters have proven about a silent node (rule R6). A node never testifies about itself. */
final class Testimony {

    private Testimony() {}

    /** One entry per witness whose testimony counts, in the order of their names. */
    static List<Evidence> of(ClusterState state, NodeState subject) {
        double rho = state.settings().timing().rho();
        return subject.bases().entrySet().stream()
                .filter(entry -> counts(state, entry.getKey(), entry.getValue()))
                .map(entry -> evidence(state.node(entry.getKey()), entry.getValue(), rho))
                .toList();
    }

    /** How many witnesses whose testimony counts have proven that much. Asked with every beat about every node. */
    static int provenBy(ClusterState state, NodeState subject, Duration needed) {
        double rho = state.settings().timing().rho();
        int witnesses = 0;
        for (Map.Entry<String, Base> entry : subject.bases().entrySet()) {
            Base base = entry.getValue();
            boolean proves = base.proven(state.node(entry.getKey()).sentAt(), rho).compareTo(needed) >= 0;
            if (proves && counts(state, entry.getKey(), base)) {
                witnesses++;
            }
        }
        return witnesses;
    }

    /** Whether that base is of the current, unfenced incarnation of a voter. */
    static boolean counts(ClusterState state, String witness, Base base) {
        NodeState node = state.node(witness);
        return state.isVoter(witness)
                && base.witness().equals(node.incarnation())
                && node.liveness() != Liveness.FENCED;
    }

    private static Evidence evidence(NodeState witness, Base base, double rho) {
        return new Evidence(
                witness.name(), base.witness(), base.offset(), witness.lastOffset(),
                base.proven(witness.sentAt(), rho));
    }
}
