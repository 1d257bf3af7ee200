package dev.holdfast.core.decide;

import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.node.ShutdownPolicy;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import java.util.List;

/** When a node that gives its guests away, or is being shut down, can be stopped without anybody waiting for it. */
public final class Departure {

    private Departure() {}

    /** The guests that still need the node: it must not be stopped before there are none. */
    public static List<GuestState> holding(ClusterState state, String name) {
        NodeState node = state.node(name);
        return state.guests().values().stream().filter(guest -> needs(guest, node)).toList();
    }

    private static boolean needs(GuestState guest, NodeState node) {
        boolean leftAlone = guest.requested() == RequestedState.IGNORED
                || guest.phase() instanceof GuestPhase.Errored;
        if (leftAlone) {
            return false;
        }
        return guest.mayRunOn(node.name())
                || guest.phase() instanceof GuestPhase.Handing handing && handing.source().equals(node.name())
                || node.shutdown() != ShutdownPolicy.FREEZE && isYetToLeave(guest, node);
    }

    /** It stands still, and its newest volume is nowhere else. With FAILOVER one that has to wait is left behind. */
    private static boolean isYetToLeave(GuestState guest, NodeState node) {
        return guest.isWanted()
                && guest.phase() instanceof GuestPhase.Idle
                && guest.lastWriter() != null
                && guest.lastWriter().node().equals(node.name())
                && (guest.waiting() == null || node.shutdown() != ShutdownPolicy.FAILOVER);
    }
}
