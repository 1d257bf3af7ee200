package dev.holdfast.simulator.invariant;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.state.ClusterState;
import java.util.HashMap;
import java.util.Map;

/** No volume is taken from under a process, and no old owner writes over what a newer one made (rule R11). */
public final class NoRollback extends Invariant {

    private final Map<String, Long> heard = new HashMap<>();
    private final Map<String, Long> ordered = new HashMap<>();

    @Override
    public String sentence() {
        return "no live volume is rolled back: none is replaced in use, none is written by an older owner";
    }

    /** Another disk: what was said to the one before binds nobody any more. */
    @Override
    public void decided(Decision decision, ClusterState before, ClusterState after, long inputNanos) {
        if (decision.event() instanceof NodeEvent.NodeReplaced replaced) {
            heard.keySet().removeIf(key -> key.startsWith(replaced.node() + "/"));
            ordered.keySet().removeIf(key -> key.startsWith(replaced.node() + "/"));
        }
    }

    @Override
    public void volume(VolumeChange change) {
        switch (change) {
            case VolumeChange.Promoted promoted -> {
                require(!promoted.inUse(), promoted + ": a process uses it");
                notBelow(heard, promoted, promoted.epoch());
                notBelow(ordered, promoted, promoted.epoch());
            }
            case VolumeChange.SetAside aside -> {
                require(!aside.inUse(), aside + ": a process uses it");
                notBelow(heard, aside, aside.epoch());
                notBelow(ordered, aside, aside.epoch());
            }
            case VolumeChange.Receiving receiving -> notBelow(heard, receiving, receiving.sourceEpoch());
            // What was let in before a newer owner's stream may still end; not what a promotion should have killed.
            case VolumeChange.Received received -> require(
                    ordered.getOrDefault(key(received), 0L) <= received.sourceEpoch(),
                    received + ": epoch " + ordered.get(key(received)) + " has the volume there already");
            case VolumeChange.Opened opened -> { }
        }
    }

    private void notBelow(Map<String, Long> known, VolumeChange change, long epoch) {
        long before = known.merge(key(change), epoch, Math::max);
        require(before <= epoch, change + ": epoch " + before + " has the volume there already");
    }

    private static String key(VolumeChange change) {
        return change.node() + "/" + change.guest();
    }
}
