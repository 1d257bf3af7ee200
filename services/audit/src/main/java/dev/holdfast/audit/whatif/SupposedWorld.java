package dev.holdfast.audit.whatif;

import dev.holdfast.audit.fold.Past;
import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.decide.Stage;
import dev.holdfast.core.decide.Turn;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.NodeMessage;
import dev.holdfast.core.message.Tombstone;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.node.TimingRule;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The nodes as the decision maker would see them under a supposition. All else, guests and commands and whether the log
 * was in doubt, is as recorded before each input: so what differs are the nodes alone, and with nothing supposed nothing
 * does. Nothing is placed.
 */
final class SupposedWorld {

    private static final List<Stage> STAGES = DecisionMaker.STAGES.subList(0, DecisionMaker.STAGES.size() - 1);

    private final Supposition supposition;
    private final Map<Timing, Timing> supposed = new HashMap<>();
    /** What each version of the settings really said. */
    private final Map<Long, Timing> versions = new HashMap<>();
    /** Null before the first turn. */
    private Map<String, NodeState> nodes;

    SupposedWorld(Supposition supposition) {
        this.supposition = supposition;
    }

    boolean isLeftOut(String name) {
        return supposition.without().contains(name);
    }

    /** The node; null if it has never beaten. */
    NodeState node(String name) {
        return nodes.get(name);
    }

    /**
     * Decides on a recorded input.
     *
     * @return what would have been decided about nodes and cluster
     * @throws IllegalArgumentException if a recorded timing leaves none to be supposed
     */
    List<Decision> decide(Past.Turn recorded) {
        ClusterState before = recorded.before();
        if (nodes == null) {
            nodes = new TreeMap<>();
            before.nodes().values().forEach(node -> resume(before, node));
            // Timers of the recorded guests may quote their beats: they are there as if they had never beaten.
            Map<String, NodeState> all = new TreeMap<>(nodes);
            supposition.without().forEach(name -> all.put(name, NodeState.absent(name)));
            nodes = all;
        }
        if (before.settings() != null) {
            versions.put(before.settings().version(), before.settings().timing());
        }
        Turn turn = new Turn(before.with(settings(before), nodes), input(before, recorded.input()));
        STAGES.forEach(stage -> stage.run(turn));
        nodes = turn.state().nodes();
        return turn.decisions();
    }

    /** From now on the node is as it was recorded: what was supposed of it is over. */
    void resume(ClusterState recorded, NodeState node) {
        Map<String, NodeState> next = new TreeMap<>(nodes);
        if (!isLeftOut(node.name())) {
            next.put(node.name(), recorded.settings() == null
                    ? node
                    : node.withSilence(timing(recorded.settings().timing()).leaseAndWd()));
        }
        nodes = next;
    }

    private ClusterSettings settings(ClusterState recorded) {
        ClusterSettings settings = recorded.settings();
        return settings == null ? null : settings.with(timing(settings.timing()));
    }

    /** What the supposition makes of a beat; what is left out leaves its place on the log. */
    private Input input(ClusterState before, Input recorded) {
        return switch (recorded.body()) {
            case NodeMessage message when isLeftOut(message.node()) -> silent(recorded);
            case Heartbeat beat when before.settings() != null -> {
                Timing named = timing(versions.getOrDefault(beat.settingsVersion(), before.settings().timing()));
                yield new Input(
                        recorded.at(), recorded.heartbeatLog(), recorded.key(), beat.with(named.lease(), named.wd()));
            }
            // Those in force are taken from what was recorded; the first ones make the voters known.
            case ClusterSettings settings when before.settings() != null -> silent(recorded);
            case ClusterSettings settings -> new Input(
                    recorded.at(), recorded.heartbeatLog(), recorded.key(), settings.with(timing(settings.timing())));
            default -> recorded;
        };
    }

    private static Input silent(Input recorded) {
        return new Input(recorded.at(), recorded.heartbeatLog(), recorded.key(), new Tombstone(recorded.key()));
    }

    /** The timing that would have been in force instead. */
    Timing timing(Timing recorded) {
        return supposed.computeIfAbsent(recorded, this::supposedFor);
    }

    /** The lease that would have been named by a beat. */
    Duration lease(ClusterState state, Heartbeat beat) {
        return timing(versions.getOrDefault(beat.settingsVersion(), state.settings().timing())).lease();
    }

    private Timing supposedFor(Timing recorded) {
        Timing timing = supposition.timing().apply(recorded);
        String refusal = timing.equals(recorded) ? null : TimingRule.refusalOf(timing);
        if (refusal != null) {
            throw new IllegalArgumentException(refusal);
        }
        return timing;
    }
}
