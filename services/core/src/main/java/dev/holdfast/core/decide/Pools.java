package dev.holdfast.core.decide;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolStanding;
import dev.holdfast.core.node.PoolVerdict;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.Move;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.Collection;

/**
 * What the pool of a node's volumes means for guests.
 *
 * <pre>
 *              may come to it   runs there        stopped there, or crashed
 * FIT, WARNS   yes              stays             starts there
 * UNREADABLE   no               stays             starts there: nothing says that it would not, and its volume is there
 * FULL         no               leaves if it can  goes where it can; else starts there, as a full pool beats an outage
 * FAULTED      no               leaves if it can  goes where it can; else waits, as its volume is lost or out of reach
 * </pre>
 *
 * <p>A guest that runs leaves only if its policy says so ({@code nodes.leaveUnfitPool}) and only if another node with
 * a fit pool holds a replica: else it stays and runs. It goes as in any move, with its last increment, so nothing is
 * lost. If that cannot be sent off a full pool, the guest starts there again, and tries each other node once more
 * later. Off a faulted pool it cannot start again: then the freshest replica is promoted, within the loss that its
 * owner accepts. A guest whose only replica is on a pool that takes none waits for that pool: a start that cannot write
 * helps nobody.
 */
final class Pools {

    /** Log time that a guest runs after its last increment could not be sent before it is stopped for another try. */
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(60);

    private Pools() {}

    /** The beat of a node's current incarnation was accepted: does its pool mean anything else now? */
    static void judge(Turn turn, Heartbeat beat) {
        NodeState node = turn.state().node(beat.node());
        PoolHealth health = node.pool();
        PoolStanding before = node.poolStanding();
        PoolStanding now = health == null ? null : health.standing(before);
        boolean sameReason = before == null || now == null || !health.differsFrom(node.poolVerdict().health());
        if (now != before || !sameReason) {
            turn.decide(Rule.POOL, new NodeEvent.PoolChanged(
                    node.name(), node.incarnation(), before, now == null ? null : new PoolVerdict(now, health)));
        }
    }

    /** Whether the pool of the node is one that its guests have a reason to leave. */
    static boolean drivesAway(NodeState node) {
        return node.poolStanding() != null && node.poolStanding().drivesGuestsAway();
    }

    /** Whether volumes on the node are lost or out of reach. */
    static boolean isFaulted(NodeState node) {
        return node.poolStanding() == PoolStanding.FAULTED;
    }

    /** A running guest leaves a full or faulted pool, if its policy says so and it has where to go. */
    static boolean leave(Turn turn, GuestState guest, GuestPhase.Running running) {
        ClusterState state = turn.state();
        Runner runner = running.runner();
        NodeState node = state.node(runner.node());
        boolean wants = drivesAway(node) && guest.spec().nodes().leaveUnfitPool();
        if (!wants || state.frozen() != null || state.suspended()) {
            return false;
        }
        boolean failedBefore = guest.handFailures() > 0;
        if (failedBefore && !(running.answering() && running.since().hasPassed(BEFORE_NEXT_TRY, state.nodes()))) {
            return false;
        }
        Duration ranFor = running.since().elapsed(state.nodes());
        String refuge = refuge(state, guest, node, guest.attempts().triedAfter(ranFor, guest.spec().restart()));
        if (refuge == null) {
            return NextStep.waits(turn, guest, node.name() + "'s " + node.poolTrouble()
                    + "; the guest runs on there, as no other node can take it",
                    Candidates.of(state, guest, node.name()).refused());
        }
        return begin(turn, guest, refuge);
    }

    /** A guest that stands still does not start on a full pool while it has where to go. */
    static boolean leaveStanding(Turn turn, GuestState guest, NodeState node) {
        boolean wants = drivesAway(node) && guest.spec().nodes().leaveUnfitPool();
        boolean justFailed = guest.handFailures() >= Starts.MOST_HAND_FAILURES;
        if (!wants || justFailed) {
            return false;
        }
        String refuge = refuge(turn.state(), guest, node, guest.attempts().tried());
        return refuge != null && begin(turn, guest, refuge);
    }

    private static boolean begin(Turn turn, GuestState guest, String refuge) {
        turn.decide(Rule.POOL, new GuestEvent.MoveBegun(guest.name(), new Move(Move.Purpose.EVACUATION, refuge)));
        return true;
    }

    /**
     * The best node that could take the guest.
     *
     * @param tried nodes to which it was to go before and did not get, or on which it failed: each attempt costs an
     *     outage
     */
    private static String refuge(ClusterState state, GuestState guest, NodeState from, Collection<String> tried) {
        return Candidates.of(state, guest, from.name()).ranked().stream()
                .filter(node -> !tried.contains(node))
                .findFirst()
                .orElse(null);
    }
}
