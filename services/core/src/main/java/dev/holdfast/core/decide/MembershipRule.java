package dev.holdfast.core.decide;

import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.node.NonVoter;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.NodeState;
import java.util.List;
import java.util.Locale;

/** Which nodes beside the voters may be added and removed. Neither changes what counts as testimony or as a majority. */
final class MembershipRule {

    private MembershipRule() {}

    /** Why the nodes of these settings cannot follow those in force; null if they can. */
    static String refusalOf(ClusterState state, ClusterSettings next) {
        List<NonVoter> before = state.settings().nonVoters();
        for (NonVoter node : next.nonVoters()) {
            String refusal = before.contains(node) ? null : refusalToAdd(state, node);
            if (refusal != null) {
                return refusal;
            }
        }
        for (NonVoter node : before) {
            String refusal = next.nonVoter(node.name()).isPresent() ? null : refusalToRemove(state, node.name());
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /** What a machine of that name promised is not known to another one, and nobody can tell their beats apart. */
    private static String refusalToAdd(ClusterState state, NonVoter node) {
        if (state.settings().nonVoter(node.name()).isPresent()) {
            return node.name() + " is a node already; its id and its address are as when it was added";
        }
        return state.node(node.name()).liveness() == Liveness.ABSENT
                ? null
                : node.name() + " was a node of this cluster before, and was removed: take a name that was never used";
    }

    private static String refusalToRemove(ClusterState state, String name) {
        NodeState node = state.node(name);
        boolean mayAct = switch (node.liveness()) {
            case LIVE, SUSPECT, LAPSED -> true;
            case ABSENT, STOPPED, FENCED -> false;
        };
        if (mayAct) {
            return name + " is " + node.liveness().name().toLowerCase(Locale.ROOT) + ": stop it first ('node stop " + name
                    + "'), or see to it that its machine has no power and say so ('fence confirm " + name + "')";
        }
        if (state.frozen() != null) {
            return "the cluster is frozen: " + state.frozen().reason();
        }
        if (state.suspended()) {
            return "less than a majority of the voters is live: what is on the disk of " + name + " may be nowhere else";
        }
        for (GuestState guest : state.guests().values()) {
            if (guest.mayRunOn(name)) {
                return guest.name() + " may still run on " + name;
            }
            if (needs(guest, name)) {
                return "the newest data of " + guest.name() + " is on " + name + ": start the node, or give the data up first "
                        + "with 'guest accept-loss' or 'guest remove'";
            }
        }
        return null;
    }

    /** Whether something is lost with the node that nobody has given up. */
    private static boolean needs(GuestState guest, String node) {
        boolean newestIsThere = guest.lastWriter() != null
                && guest.lastWriter().node().equals(node)
                && guest.liveCopies().contains(node);
        return !guest.removing() && !guest.lossAccepted() && (newestIsThere || NodeCommands.isOnlyOn(guest, node));
    }
}
