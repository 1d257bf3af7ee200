package dev.holdfast.cli.command;

import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.LastWriter;
import dev.holdfast.core.state.Replication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one target of one guest stands. All times are the owner's own, up to its newest beat.
 *
 * @param owner the node that runs the guest, or wrote last; null if none ever did
 * @param snapshot the newest complete one at the target; null for none
 * @param age empty if it was taken by another life of its owner, whose clock cannot be compared
 * @param lastSuccess how long ago a transfer of this run arrived; empty if none did
 * @param nextRun time until something is sent; zero if it is due, empty if nothing is planned
 */
record CopyLine(
        GuestState guest,
        String owner,
        String target,
        Snapshot snapshot,
        Optional<Duration> age,
        Optional<Duration> lastSuccess,
        Optional<Duration> nextRun) {

    /** One for each target of each guest. */
    static List<CopyLine> of(Overview overview, List<GuestState> guests) {
        List<CopyLine> lines = new ArrayList<>();
        for (GuestState guest : guests) {
            String owner = owner(guest);
            overview.nodes().stream()
                    .filter(node -> !node.name().equals(owner))
                    .forEach(node -> lines.add(of(overview, guest, owner, node.name())));
        }
        return lines;
    }

    private static CopyLine of(Overview overview, GuestState guest, String owner, String target) {
        Snapshot snapshot = guest.replicas().get(target);
        Replication.Target last = guest.replication().targets().get(target);
        Optional<Duration> now = runner(guest).flatMap(overview::clock);
        Duration due = due(guest, last);
        return new CopyLine(
                guest, owner, target, snapshot,
                snapshot == null ? Optional.empty() : overview.age(snapshot),
                last == null || last.arrived() == null
                        ? Optional.empty()
                        : now.map(clock -> notNegative(clock.minus(last.arrived()))),
                due == null ? Optional.empty() : now.map(clock -> notNegative(due.minus(clock))));
    }

    private static Duration due(GuestState guest, Replication.Target last) {
        if (guest.replication().isPaused()) {
            return null;
        }
        return last != null && last.nextTry() != null ? last.nextTry() : guest.replication().next();
    }

    private static String owner(GuestState guest) {
        LastWriter writer = guest.lastWriter();
        return runner(guest).map(Runner::node).orElse(writer == null ? null : writer.node());
    }

    private static Optional<Runner> runner(GuestState guest) {
        return guest.phase() instanceof GuestPhase.Running running ? Optional.of(running.runner()) : Optional.empty();
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /** The last transfers of this run; null if there was none. */
    Replication.Target last() {
        return guest.replication().targets().get(target);
    }

    /** Whether one of them arrived. */
    boolean hasArrived() {
        return last() != null && last().arrived() != null;
    }

    /** Bytes per second of the last transfer that arrived; null if none did, or too fast to say. */
    Long rate() {
        return !hasArrived() || last().took().toMillis() < 1
                ? null
                : last().bytes() * 1_000 / last().took().toMillis();
    }
}
