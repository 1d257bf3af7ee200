package dev.holdfast.cli.command;

import dev.holdfast.cli.read.LastBeats;
import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that status shows.
 *
 * @param lastOutages per guest the receipt of its last outage, as far as it is among the newest events
 */
record Overview(ClusterState state, LastBeats beats, Map<String, GuestRecovered> lastOutages) {

    /** Every voter, whether it ever beat or not. */
    List<NodeState> nodes() {
        return state.settings() == null
                ? List.copyOf(state.nodes().values())
                : state.settings().voters().stream().map(state::node).toList();
    }

    List<GuestState> guests() {
        return List.copyOf(state.guests().values());
    }

    /**
     * How much of its owner's time a snapshot lags behind the owner's last beat; empty if the owner has another
     * incarnation by now, whose clock cannot be compared.
     */
    Optional<Duration> age(Snapshot snapshot) {
        return beats.of(snapshot.owner())
                .filter(beat -> sameClock(beat.beat().incarnation(), snapshot.ownerIncarnation()))
                .map(beat -> beat.beat().sentAt().minus(snapshot.takenAt()))
                .map(age -> age.isNegative() ? Duration.ZERO : age);
    }

    private static boolean sameClock(Incarnation one, Incarnation other) {
        return one.equals(other);
    }
}
