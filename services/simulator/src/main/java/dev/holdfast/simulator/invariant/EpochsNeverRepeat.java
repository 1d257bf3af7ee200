package dev.holdfast.simulator.invariant;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.ClusterState;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** An epoch belongs to one guest on one incarnation, once (rule R8). */
public final class EpochsNeverRepeat extends Invariant {

    private record Owner(String guest, String node, Incarnation incarnation) {}

    private final Map<Long, Owner> owners = new HashMap<>();
    private final Set<Long> started = new HashSet<>();
    private final Set<Run> ran = new HashSet<>();

    @Override
    public String sentence() {
        return "an epoch is given to one guest on one incarnation, once, and starts one process at the most";
    }

    @Override
    public void started(Run run, Collection<Run> running) {
        require(ran.add(run), run + " starts a second time");
    }

    @Override
    public void decided(Decision decision, ClusterState before, ClusterState after, long inputNanos) {
        switch (decision.event()) {
            case GuestEvent.PromoteReplica promote ->
                own(promote.epoch(), new Owner(promote.guest(), promote.node(), promote.incarnation()), true);
            case GuestEvent.StartGuest start -> {
                own(start.epoch(), new Owner(start.guest(), start.node(), start.incarnation()), false);
                require(started.add(start.epoch()), "epoch " + start.epoch() + " is started again: " + start.summary());
            }
            default -> { }
        }
    }

    private void own(long epoch, Owner owner, boolean first) {
        Owner before = owners.putIfAbsent(epoch, owner);
        require(before == null || !first && before.equals(owner), "epoch " + epoch + " of " + before + " goes to " + owner);
    }
}
