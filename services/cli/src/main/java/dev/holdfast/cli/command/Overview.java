package dev.holdfast.cli.command;

import dev.holdfast.cli.read.LastBeats;
import dev.holdfast.core.decide.Majority;
import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.LogTimer;
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

    /** Every node of the settings in force, whether it ever beat or not. */
    List<NodeState> nodes() {
        return state.settings() == null
                ? List.copyOf(state.nodes().values())
                : state.settings().nodes().stream().map(state::node).toList();
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

    /** The newest reading of the clock by which that run lives; empty if its node has another life by now. */
    Optional<Duration> clock(Runner runner) {
        return beats.of(runner.node())
                .filter(beat -> sameClock(beat.beat().incarnation(), runner.incarnation()))
                .map(beat -> beat.beat().sentAt());
    }

    /** Log time up to the newest beats: those in the published state may be much older. */
    Duration elapsed(LogTimer timer) {
        return Majority.provenByWitnesses(timer.quotes().entrySet().stream()
                .flatMap(quote -> beats.of(quote.getKey())
                        .filter(beat -> sameClock(beat.beat().incarnation(), quote.getValue().incarnation()))
                        .map(beat -> beat.beat().sentAt().minus(quote.getValue().first()))
                        .stream())
                .toList());
    }

    /**
     * What the loss of its node now would cost a running guest: the age of its newest copy on any other node. Empty if
     * there is none of this run yet, or if it does not run.
     */
    Optional<Duration> recoveryPoint(GuestState guest) {
        return guest.phase() instanceof GuestPhase.Running running
                ? guest.replicas().entrySet().stream()
                        .filter(replica -> !replica.getKey().equals(running.runner().node()))
                        .map(Map.Entry::getValue)
                        .filter(copy -> copy.epoch() == running.runner().epoch())
                        .flatMap(copy -> age(copy).stream())
                        .min(Duration::compareTo)
                : Optional.empty();
    }

    private static boolean sameClock(Incarnation one, Incarnation other) {
        return one.equals(other);
    }
}
