package dev.holdfast.quorum.topology;

import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.ClusterView;
import dev.holdfast.core.state.Progress;
import dev.holdfast.messaging.StateKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which entities of the state differ between two states. */
final class Entities {

    private Entities() {}

    /** What changed, by key, in key order of its kind; null for an entity that is gone. */
    static Map<String, Record> changed(ClusterState before, ClusterState after) {
        Map<String, Record> changed = new LinkedHashMap<>();
        put(changed, StateKey.CLUSTER, ClusterView.of(before), ClusterView.of(after));
        put(changed, StateKey.PROGRESS, Progress.of(before), Progress.of(after));
        after.nodes().forEach((name, node) -> put(changed, StateKey.node(name), before.nodes().get(name), node));
        after.guests().forEach((name, guest) -> put(changed, StateKey.guest(name), before.guests().get(name), guest));
        before.guests().keySet().stream()
                .filter(name -> !after.guests().containsKey(name))
                .forEach(name -> changed.put(StateKey.guest(name), null));
        return changed;
    }

    private static void put(Map<String, Record> changed, String key, Record before, Record after) {
        if (before != after && !after.equals(before)) {
            changed.put(key, after);
        }
    }
}
