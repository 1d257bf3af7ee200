package dev.holdfast.core.decide;

import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.guest.DurationText;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.core.state.Replication.Branch;
import java.time.Duration;

/**
 * The end of divergent branches. They are the only copy of what they hold, so one is deleted only by a person's word or
 * by the guest's own policy, and never while the guest does not run: then somebody may need it most. Policies count log
 * time, which stands still while the cluster does: a branch is kept rather longer than too short.
 */
final class Branches {

    private Branches() {}

    /** Orders the deletion of one branch that is due, once of each life of its node. False if none is. */
    static boolean drop(Turn turn, GuestState guest) {
        for (Branch branch : guest.replication().branches()) {
            NodeState node = turn.state().node(branch.node());
            String why = whyDue(turn.state(), guest, branch);
            boolean isNews = node.isLive() && !node.incarnation().toString().equals(branch.dropAsked());
            if (why != null && isNews && turn.state().frozen() == null) {
                order(turn, guest, branch, why, branch.dropWhy() == null ? Rule.RETENTION : Rule.OPERATOR);
                return true;
            }
        }
        return false;
    }

    static void order(Turn turn, GuestState guest, Branch branch, String why, Rule rule) {
        NodeState node = turn.state().node(branch.node());
        turn.decide(rule, new GuestEvent.DropAside(
                guest.name(), branch.epoch(), branch.node(), node.incarnation(), branch.aside(), why));
    }

    private static String whyDue(ClusterState state, GuestState guest, Branch branch) {
        Duration keep = guest.spec().replication().keepDivergent();
        if (branch.dropWhy() != null) {
            return branch.dropWhy();
        }
        return keep != null && branch.since().hasPassed(keep, state.nodes())
                ? "keepDivergent is " + DurationText.of(keep)
                : null;
    }
}
