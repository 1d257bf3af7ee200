package dev.holdfast.encoding.journal;

import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.ClusterView;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.core.state.Progress;
import dev.holdfast.encoding.StateKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The entities that a state consists of. */
public final class StateEntities {

    private StateEntities() {}

    /** What changed, by key, in key order of its kind; null for an entity that is gone. */
    public static Map<String, Record> changed(ClusterState before, ClusterState after) {
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

    /** The whole state, by key, in key order of its kind. */
    public static Map<String, Record> all(ClusterState state) {
        Map<String, Record> all = new LinkedHashMap<>();
        all.put(StateKey.CLUSTER, ClusterView.of(state));
        all.put(StateKey.PROGRESS, Progress.of(state));
        state.nodes().forEach((name, node) -> all.put(StateKey.node(name), node));
        state.guests().forEach((name, guest) -> all.put(StateKey.guest(name), guest));
        return all;
    }

    /**
     * The whole state, put together again. Where the journal stands is no part of it.
     *
     * @return the empty state if there are no entities
     * @throws IllegalStateException for a record that is no entity
     */
    public static ClusterState assemble(Collection<Record> entities) {
        ClusterView cluster = ClusterView.of(ClusterState.EMPTY);
        Progress progress = Progress.of(ClusterState.EMPTY);
        Map<String, NodeState> nodes = new HashMap<>();
        Map<String, GuestState> guests = new HashMap<>();
        for (Record entity : entities) {
            switch (entity) {
                case ClusterView found -> cluster = found;
                case Progress found -> progress = found;
                case NodeState found -> nodes.put(found.name(), found);
                case GuestState found -> guests.put(found.name(), found);
                case JournalHead head -> { }
                default -> throw new IllegalStateException("no entity of the state: " + entity);
            }
        }
        return cluster.with(progress, nodes, guests);
    }

    private static void put(Map<String, Record> changed, String key, Record before, Record after) {
        if (before != after && !after.equals(before)) {
            changed.put(key, after);
        }
    }
}
