package dev.holdfast.simulator.invariant;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.node.PoolStanding;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.LastWriter;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is lost is stated, and nothing is lost while the newest copy can be had. */
public final class NoSilentLoss extends Invariant {

    /** Per guest the nodes whose copies were promoted with their loss stated, until one of them runs. */
    private final Map<String, Set<String>> statedLoss = new HashMap<>();

    /** Nodes whose pool is known to be faulted: the newest copy there is lost or out of reach. */
    private final Set<String> faulted = new HashSet<>();

    @Override
    public String sentence() {
        return "a replica older than promised, or while the last writer is alive on a pool that is not faulted, is "
                + "never promoted silently";
    }

    @Override
    public void decided(Decision decision, ClusterState before, ClusterState after, long inputNanos) {
        if (decision.event() instanceof NodeEvent.PoolChanged changed) {
            if (changed.to() == PoolStanding.FAULTED) {
                faulted.add(changed.node());
            } else {
                faulted.remove(changed.node());
            }
        }
        if (decision.event() instanceof GuestEvent.PromoteReplica promote) {
            boolean loses = !Duration.ZERO.equals(promote.dataLoss());
            Set<String> stated = statedLoss.computeIfAbsent(promote.guest(), name -> new HashSet<>());
            // Who hands over a copy that never ran hands over the loss that was stated for it.
            boolean inherits = promote.minimum() != null && stated.contains(promote.minimum().owner());
            if (loses || inherits) {
                stated.add(promote.node());
            } else {
                stated.remove(promote.node());
            }
            GuestState guest = before.guests().get(promote.guest());
            GuestState promoting = after.guests().get(promote.guest());
            // The input may have shown that another one has written last.
            LastWriter writer = promoting == null ? null : promoting.lastWriter();
            boolean writerAlive = guest != null && writer != null
                    && isThere(before.node(writer.node()), guest)
                    && isThere(after.node(writer.node()), guest)
                    && !faulted.contains(writer.node());
            require(!(loses && writerAlive && !guest.lossAccepted()),
                    promote.summary() + " while its last writer " + (writer == null ? "" : writer.node()) + " is alive");
        }
    }

    private static boolean isThere(NodeState node, GuestState guest) {
        return node.isLive() && guest.liveCopies().contains(node.name());
    }

    @Override
    public void volume(VolumeChange change) {
        switch (change) {
            case VolumeChange.Promoted promoted -> require(
                    promoted.minimum() == null || promoted.snapshot().isAtLeast(promoted.minimum()),
                    promoted + " is older than promised");
            case VolumeChange.Opened opened -> {
                Set<String> stated = statedLoss.remove(opened.guest());
                require(opened.holdsNewest() || stated != null && stated.contains(opened.node()),
                        opened.guest() + " starts on " + opened.node() + " under epoch " + opened.epoch()
                                + " without its newest data, and nobody said so: " + opened.detail());
            }
            case VolumeChange.Receiving receiving -> { }
            case VolumeChange.Received received -> { }
            case VolumeChange.SetAside aside -> { }
        }
    }
}
