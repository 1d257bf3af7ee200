package dev.holdfast.simulator.invariant;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.NodeState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Nothing of a fenced or superseded incarnation runs, and none of them is ever accepted again (rules R1, R7). */
public final class FencedNeverActs extends Invariant {

    private final Map<String, Incarnation> dead = new HashMap<>();
    private final Map<String, Incarnation> newest = new HashMap<>();

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
        }
    }

    private void check(Run run) {
        Incarnation ended = dead.get(run.node());
        require(ended == null || run.incarnation().isNewerThan(ended), run + " runs though " + ended + " is over");
    }
}
