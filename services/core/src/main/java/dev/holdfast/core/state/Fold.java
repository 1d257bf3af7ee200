package dev.holdfast.core.state;

import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.node.NonVoter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The only way in which hard state changes: one event applied to it. Sees no clock and takes no decision. */
public final class Fold {

    private Fold() {}

    /**
     * The state after the event.
     *
     * @throws IllegalStateException if the event cannot have happened in that state: the log or the code is
     *     wrong, and going on would be worse than stopping
     */
    public static ClusterState apply(ClusterState state, Event event) {
        return switch (event) {
            case ClusterEvent cluster -> applyCluster(state, cluster);
            case NodeEvent node -> applyNode(state, node);
            case GuestEvent guest -> GuestFold.apply(state, guest);
        };
    }

    private static ClusterState applyCluster(ClusterState state, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.SettingsApplied applied ->
                withoutRemoved(state, applied.settings()).withSettings(applied.settings());
            case ClusterEvent.SettingsRefused refused -> state;
            case ClusterEvent.ClusterFrozen frozen ->
                state.withFrozen(new Frozen(frozen.reason(), LogTimer.startingAfter(state.logOffset())));
            case ClusterEvent.ClusterThawed thawed -> state.withFrozen(null);
            case ClusterEvent.DecisionsSuspended suspended -> state.withSuspended(true);
            case ClusterEvent.DecisionsResumed resumed -> state.withSuspended(false);
            case ClusterEvent.ColdStartNoticed noticed ->
                state.withColdStart(new ColdStart(
                        true, state.coldStart().returned(), state.coldStart().since()));
            case ClusterEvent.ColdStartEnded ended -> state.withColdStart(null);
            case ClusterEvent.RecordRefused refused -> state;
            case ClusterEvent.CommandAnswered answered -> state.withAnswered(remembering(state, answered.commandId()));
        };
    }

    /** What is on the disk of a node that is none any more counts for nothing. The node's own past stays known. */
    private static ClusterState withoutRemoved(ClusterState state, ClusterSettings next) {
        ClusterState left = state;
        if (state.settings() != null) {
            for (NonVoter before : state.settings().nonVoters()) {
                if (next.nonVoter(before.name()).isEmpty()) {
                    left = GuestFold.withoutCopiesOn(left, before.name());
                }
            }
        }
        return left;
    }

    private static List<String> remembering(ClusterState state, String id) {
        List<String> ids = new ArrayList<>(state.answered());
        ids.add(id);
        return ids.subList(Math.max(0, ids.size() - ClusterState.ANSWERED_KEPT), ids.size());
    }

    private static ClusterState applyNode(ClusterState state, NodeEvent event) {
        NodeState node = state.node(event.node());
        return switch (event) {
            case NodeEvent.NodeJoined joined ->
                writersEnded(outageBegins(state, node), node).withNode(node.reborn(joined.beat(), joined.offset()));
            case NodeEvent.NodeLapsed lapsed -> {
                Liveness next = lapsed.reason() == Lapsed.Reason.STOPPED ? Liveness.STOPPED : Liveness.LAPSED;
                yield outageBegins(state, node).withNode(node.with(next));
            }
            case NodeEvent.NodeSuspected suspected ->
                suspectedGuests(outageBegins(state, node), node).withNode(node.with(Liveness.SUSPECT));
            case NodeEvent.SuspicionCleared cleared ->
                outageCancelled(state, node).withNode(node.with(Liveness.LIVE));
            case NodeEvent.NodeFenced fenced ->
                fencedGuests(outageBegins(state, node), node, fenced.summary()).withNode(node.with(Liveness.FENCED));
            case NodeEvent.NodeDraining draining -> state.withNode(node.withDraining());
            case NodeEvent.MaintenanceBegun begun -> state.withNode(node.withMaintenance(true));
            case NodeEvent.MaintenanceEnded ended -> state.withNode(node.withMaintenance(false));
            case NodeEvent.NodeShuttingDown leaving -> state.withNode(node.withShutdown(leaving.policy()));
            case NodeEvent.PoolChanged changed ->
                poolWaitsOver(state, changed).withNode(node.withPool(changed.verdict()));
            case NodeEvent.NodeReplaced replaced -> GuestFold.withoutCopiesOn(state, node.name())
                    .withNode(node.withReplaced(new Replaced(replaced.machine(), replaced.boot())));
            case NodeEvent.BeatRefused refused -> state.withNode(node.withRefused(refused.incarnation()));
        };
    }

    /** Keeps the clock of the last beat of an incarnation that is succeeded, for the loss of its guests. */
    private static ClusterState writersEnded(ClusterState state, NodeState node) {
        ClusterState next = state;
        for (GuestState guest : state.guests().values()) {
            LastWriter writer = guest.lastWriter();
            boolean ends = writer != null
                    && writer.node().equals(node.name())
                    && writer.incarnation().equals(node.incarnation())
                    && writer.lastSentAt() == null;
            if (ends) {
                GuestEdit edit = guest.edit();
                edit.lastWriter = writer.endedAt(node.sentAt());
                next = next.withGuest(edit.done());
            }
        }
        return next;
    }

    private static ClusterState outageBegins(ClusterState state, NodeState node) {
        ClusterState next = state;
        for (GuestState guest : state.guests().values()) {
            if (guest.mayRunOn(node.name()) && guest.isWanted() && guest.outage() == null) {
                GuestEdit edit = guest.edit();
                edit.outage = Outage.beginning(sinceLastBeat(node));
                next = next.withGuest(edit.done());
            }
        }
        return next;
    }

    private static LogTimer sinceLastBeat(NodeState node) {
        Map<String, LogTimer.Quote> quotes = node.bases().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new LogTimer.Quote(entry.getValue().witness(), entry.getValue().since())));
        return new LogTimer(node.lastOffset(), quotes);
    }

    private static ClusterState suspectedGuests(ClusterState state, NodeState node) {
        ClusterState next = state;
        for (GuestState guest : state.guests().values()) {
            if (guest.mayRunOn(node.name()) && guest.outage() != null) {
                GuestEdit edit = guest.edit();
                edit.outage = edit.outage.atSuspected(edit.outage.since().elapsed(state.nodes()));
                next = next.withGuest(edit.done());
            }
        }
        return next;
    }

    private static ClusterState fencedGuests(ClusterState state, NodeState node, String proof) {
        ClusterState next = state;
        for (GuestState guest : state.guests().values()) {
            if (guest.mayRunOn(node.name()) && guest.outage() != null) {
                GuestEdit edit = guest.edit();
                edit.outage = edit.outage.atFenced(edit.outage.since().elapsed(state.nodes()), proof);
                next = next.withGuest(edit.done());
            }
        }
        return next;
    }

    /** A guest that ran there and could not leave need not wait for that any more. */
    private static ClusterState poolWaitsOver(ClusterState state, NodeEvent.PoolChanged changed) {
        boolean drivesAway = changed.to() != null && changed.to().drivesGuestsAway();
        ClusterState next = state;
        for (GuestState guest : state.guests().values()) {
            boolean waited = guest.waiting() != null
                    && guest.phase() instanceof GuestPhase.Running running
                    && running.runner().node().equals(changed.node());
            if (waited && !drivesAway) {
                GuestEdit edit = guest.edit();
                edit.waiting = null;
                next = next.withGuest(edit.done());
            }
        }
        return next;
    }

    private static ClusterState outageCancelled(ClusterState state, NodeState node) {
        ClusterState next = state;
        for (GuestState guest : state.guests().values()) {
            boolean well = guest.phase() instanceof GuestPhase.Running running
                    && running.answering()
                    && running.runner().node().equals(node.name());
            if (well && guest.outage() != null) {
                GuestEdit edit = guest.edit();
                edit.outage = null;
                next = next.withGuest(edit.done());
            }
        }
        return next;
    }
}
