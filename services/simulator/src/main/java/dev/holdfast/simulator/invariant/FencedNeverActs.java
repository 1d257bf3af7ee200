package dev.holdfast.simulator.invariant;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nothing of a fenced or superseded incarnation runs, and none of them is ever accepted again (rules R1, R7). */
public final class FencedNeverActs extends Invariant {

    private final Map<String, Incarnation> dead = new HashMap<>();
    private final Map<String, Incarnation> newest = new HashMap<>();
    /** Clocks of beats that were read after a newer incarnation of their node had joined. */
    private final Map<String, Set<Duration>> tooLate = new HashMap<>();

    @Override
    public String sentence() {
        return "an incarnation that is fenced or superseded runs nothing and is never accepted again";
    }

    @Override
    public void started(Run run, Collection<Run> running) {
        check(run);
    }

    @Override
    public void resumed(Run run, Collection<Run> running) {
        started(run, running);
    }

    @Override
    public void decided(Decision decision, ClusterState before, ClusterState after, long inputNanos) {
        if (decision.event() instanceof NodeEvent.NodeFenced fenced) {
            dead.merge(fenced.node(), fenced.incarnation(), FencedNeverActs::newer);
        }
        if (decision.event() instanceof NodeEvent.NodeJoined joined && joined.previous() != null) {
            dead.merge(joined.node(), joined.previous(), FencedNeverActs::newer);
        }
    }

    private static Incarnation newer(Incarnation one, Incarnation other) {
        return one.isNewerThan(other) ? one : other;
    }

    @Override
    public void committed(List<Input> inputs, ClusterState state, Collection<Run> running) {
        running.forEach(this::check);
        inputs.forEach(this::read);
        for (NodeState node : state.nodes().values()) {
            if (node.incarnation() == null) {
                continue;
            }
            Incarnation known = newest.merge(node.name(), node.incarnation(), FencedNeverActs::newer);
            require(known.equals(node.incarnation()), node.name() + " went back from " + known + " to " + node.incarnation());
            Incarnation ended = dead.get(node.name());
            boolean revived = ended != null && !node.incarnation().isNewerThan(ended)
                    && node.liveness() != Liveness.FENCED;
            require(!revived, node.name() + "/" + node.incarnation() + " is " + node.liveness() + " after its end");
            require(!tooLate.getOrDefault(node.name(), Set.of()).contains(node.sentAt()),
                    node.name() + "/" + node.incarnation() + " is taken at the word of an earlier incarnation");
        }
    }

    private void read(Input input) {
        if (input.body() instanceof Heartbeat beat && newest.containsKey(beat.node())
                && newest.get(beat.node()).isNewerThan(beat.incarnation())) {
            tooLate.computeIfAbsent(beat.node(), node -> new HashSet<>()).add(beat.sentAt());
        }
    }

    private void check(Run run) {
        Incarnation ended = dead.get(run.node());
        require(ended == null || run.incarnation().isNewerThan(ended), run + " runs though " + ended + " is over");
    }
}
