package dev.holdfast.core.decide;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.Move;
import dev.holdfast.core.state.NodeState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The nodes a guest could go to, best first: not failed on before, freshest replica, then the node asked for, then the
 * guest's preferences, then load, then the order of the nodes; and why the others were refused.
 */
record Candidates(List<String> ranked, List<String> refused) {

    /**
     * Candidates that hold a replica.
     *
     * @param except a node not to be considered; null for none
     */
    static Candidates of(ClusterState state, GuestState guest, String except) {
        List<String> ranked = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (String node : state.settings().nodes()) {
            if (node.equals(except)) {
                continue;
            }
            String refusal = refusalOf(state, guest, node);
            if (refusal == null) {
                ranked.add(node);
            } else {
                refused.add(refusal);
            }
        }
        ranked.sort(untriedFirst(guest)
                .thenComparing(byFreshness(guest))
                .thenComparing(askedFirst(guest))
                .thenComparing(byPreference(state, guest)));
        return new Candidates(ranked, refused);
    }

    /** Candidates for a guest that has no data yet. */
    static Candidates forNewGuest(ClusterState state, GuestState guest) {
        List<String> ranked = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (String node : state.settings().nodes()) {
            String refusal = refusalOfNode(state, guest, node);
            if (refusal == null) {
                ranked.add(node);
            } else {
                refused.add(refusal);
            }
        }
        ranked.sort(untriedFirst(guest).thenComparing(askedFirst(guest)).thenComparing(byPreference(state, guest)));
        return new Candidates(ranked, refused);
    }

    /** The best one; null if there is none. */
    String best() {
        return ranked.isEmpty() ? null : ranked.getFirst();
    }

    /**
     * The node to which a guest that runs goes back: one its owner prefers to where it is, that did not turn it away
     * before, and whose replica is of the present run, so that little is left to send. Null for none.
     */
    static String preferredTo(ClusterState state, GuestState guest, Runner runner) {
        List<String> preferred = guest.spec().nodes().preferred();
        int here = preferred.indexOf(runner.node());
        return preferred.subList(0, here < 0 ? preferred.size() : here).stream()
                .filter(node -> !guest.attempts().tried().contains(node))
                .filter(node -> refusalOf(state, guest, node) == null)
                .filter(node -> guest.replicas().get(node).epoch() == runner.epoch())
                .findFirst()
                .orElse(null);
    }

    /** Why the guest cannot be recovered there; null if it can. */
    static String refusalOf(ClusterState state, GuestState guest, String node) {
        String refusal = refusalOfNode(state, guest, node);
        if (refusal != null) {
            return refusal;
        }
        return guest.replicas().containsKey(node) ? null : node + " holds no replica";
    }

    /** Why the node takes no guest, or not this one; null if it does. */
    static String refusalOfNode(ClusterState state, GuestState guest, String name) {
        String refusal = refusalApartFromPool(state, guest, name);
        return refusal != null ? refusal : refusalByPool(state.node(name));
    }

    /**
     * Why a guest whose newest volume is on the node does not start there; null if it may. It does not come to the
     * pool, it is on it: only a faulted one keeps it from starting.
     */
    static String refusalToStay(ClusterState state, GuestState guest, String name) {
        String refusal = refusalApartFromPool(state, guest, name);
        return refusal != null || !Pools.isFaulted(state.node(name)) ? refusal : refusalByPool(state.node(name));
    }

    /** Whether only the node's pool keeps the guest from it. */
    static boolean isRefusedByPool(ClusterState state, GuestState guest, String name) {
        return refusalApartFromPool(state, guest, name) == null && refusalByPool(state.node(name)) != null;
    }

    private static String refusalByPool(NodeState node) {
        return node.poolTrouble() == null ? null : node.name() + "'s " + node.poolTrouble();
    }

    private static String refusalApartFromPool(ClusterState state, GuestState guest, String name) {
        NodeState node = state.node(name);
        if (!state.isNode(name)) {
            return Commands.noNode(state, name);
        }
        if (node.liveness() != Liveness.LIVE) {
            return name + " is " + node.liveness().name().toLowerCase(Locale.ROOT);
        }
        if (node.closed() != null) {
            return name + " is " + node.closed();
        }
        if (!node.hasGuard()) {
            return name + " has no guard";
        }
        return guest.spec().nodes().allows(name) ? null : name + " is not among the nodes allowed";
    }

    /**
     * A node the guest kept failing on comes last, even with a fresher replica, once restarts are used up; and the one to
     * which it is relocated for that comes first, until they are used up there too.
     */
    private static Comparator<String> untriedFirst(GuestState guest) {
        boolean usedUp = guest.attempts().usedUp(guest.spec().restart());
        boolean relocates = !usedUp && guest.move() != null && guest.move().purpose() == Move.Purpose.RELOCATION;
        return Comparator.<String, Boolean>comparing(node -> !(relocates && node.equals(guest.move().to())))
                .thenComparing(node -> usedUp && guest.attempts().tried().contains(node));
    }

    private static Comparator<String> askedFirst(GuestState guest) {
        return Comparator.comparing(node -> guest.move() == null || !node.equals(guest.move().to()));
    }

    private static Comparator<String> byFreshness(GuestState guest) {
        return (a, b) -> {
            Snapshot one = guest.replicas().get(a);
            Snapshot other = guest.replicas().get(b);
            if (one.isAtLeast(other) && other.isAtLeast(one)) {
                return 0;
            }
            return one.isAtLeast(other) ? -1 : 1;
        };
    }

    private static Comparator<String> byPreference(ClusterState state, GuestState guest) {
        List<String> preferred = guest.spec().nodes().preferred();
        return Comparator.<String>comparingInt(
                        node -> preferred.contains(node) ? preferred.indexOf(node) : preferred.size())
                .thenComparingLong(node -> load(state, node))
                .thenComparingInt(node -> state.settings().nodes().indexOf(node));
    }

    /** What is on its way there counts: all guests of a node that failed are placed before the first of them starts. */
    private static long load(ClusterState state, String node) {
        return state.guests().values().stream()
                .filter(guest -> guest.mayRunOn(node) || isOnItsWayTo(guest, node))
                .count();
    }

    private static boolean isOnItsWayTo(GuestState guest, String node) {
        return switch (guest.phase()) {
            case GuestPhase.Promoting promoting -> promoting.node().equals(node);
            case GuestPhase.Promoted promoted -> promoted.node().equals(node);
            case GuestPhase.Handing handing -> handing.target().equals(node);
            case GuestPhase.Idle idle -> false;
            case GuestPhase.Starting starting -> false;
            case GuestPhase.Running running -> false;
            case GuestPhase.Stopping stopping -> false;
            case GuestPhase.Errored errored -> false;
        };
    }
}
