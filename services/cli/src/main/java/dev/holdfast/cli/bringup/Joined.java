package dev.holdfast.cli.bringup;

import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.LastBeats;
import dev.holdfast.cli.read.PresentState;
import dev.holdfast.cli.read.StateReader;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.NodeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Which nodes have joined: the decision maker says so of exactly the incarnation that beats now. What it said of an
 * earlier one stands on the log as well and proves nothing.
 */
final class Joined {

    private final ClusterAccess access;
    private final List<String> missing;
    private final BiConsumer<String, Incarnation> onJoin;
    private final Map<String, Long> firstSeen = new HashMap<>();

    Joined(ClusterAccess access, List<String> nodes, BiConsumer<String, Incarnation> onJoin) {
        this.access = access;
        this.missing = new ArrayList<>(nodes);
        this.onJoin = onJoin;
    }

    List<String> missing() {
        return missing;
    }

    /** Looks again; whether all have joined by now. */
    boolean all() {
        Optional<PresentState> state = new StateReader(access).read();
        if (state.isEmpty()) {
            return missing.isEmpty();
        }
        LastBeats beats = LastBeats.read(access);
        for (String node : List.copyOf(missing)) {
            NodeState known = state.get().state().node(node);
            beats.of(node)
                    .filter(beat -> beatsNow(node, beat))
                    .map(beat -> beat.beat().incarnation())
                    .filter(incarnation -> known.isLive() && known.isCurrent(incarnation))
                    .ifPresent(incarnation -> {
                        missing.remove(node);
                        onJoin.accept(node, incarnation);
                    });
        }
        return missing.isEmpty();
    }

    /** Whether its newest beat is another one than at the first look. */
    private boolean beatsNow(String node, LastBeats.Beat beat) {
        Long first = firstSeen.putIfAbsent(node, beat.offset());
        return first != null && beat.offset() > first;
    }
}
