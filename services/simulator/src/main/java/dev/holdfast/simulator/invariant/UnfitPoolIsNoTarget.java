package dev.holdfast.simulator.invariant;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.node.PoolStanding;
import dev.holdfast.core.state.ClusterState;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** No guest comes to a pool known to be full, faulted or unreadable; where it was it starts unless that is faulted. */
public final class UnfitPoolIsNoTarget extends Invariant {

    private static final Set<PoolStanding> TARGETS = EnumSet.of(PoolStanding.FIT, PoolStanding.WARNS);

    private final Map<String, PoolStanding> standings = new HashMap<>();
    /** Per guest the node where it ran last, or may have. */
    private final Map<String, String> ran = new HashMap<>();
    /** Per guest the node where it was told to start last. */
    private final Map<String, String> told = new HashMap<>();

    @Override
    public String sentence() {
        return "a guest never comes to a node whose pool takes none, and starts on such a node only where it was, "
                + "unless that is faulted";
    }

    @Override
    public void decided(Decision decision, ClusterState before, ClusterState after, long inputNanos) {
        switch (decision.event()) {
            case NodeEvent.PoolChanged changed when changed.to() == null -> standings.remove(changed.node());
            case NodeEvent.PoolChanged changed -> standings.put(changed.node(), changed.to());
            case GuestEvent.StartConfirmed started -> ran.put(started.guest(), started.runner().node());
            case GuestEvent.RunnerFound found -> ran.put(found.guest(), found.runner().node());
            case GuestEvent.GuestRemoved removed -> {
                ran.remove(removed.guest());
                told.remove(removed.guest());
            }
            case GuestEvent.PromoteReplica promote -> target(promote, promote.node());
            case GuestEvent.ReplicateFinal last -> target(last, last.target());
            case GuestEvent.StartGuest start -> start(start);
            default -> { }
        }
    }

    private void target(GuestEvent.GuestOrder order, String node) {
        require(isTarget(node), order.summary() + ", and the pool there is " + standings.get(node));
    }

    private void start(GuestEvent.StartGuest start) {
        boolean wasThere = start.node().equals(ran.get(start.guest())) || start.node().equals(told.get(start.guest()));
        boolean inPlace = wasThere && standings.get(start.node()) != PoolStanding.FAULTED;
        require(isTarget(start.node()) || inPlace,
                start.summary() + ", and the pool there is " + standings.get(start.node()));
        told.put(start.guest(), start.node());
    }

    private boolean isTarget(String node) {
        PoolStanding standing = standings.get(node);
        return standing == null || TARGETS.contains(standing);
    }
}
