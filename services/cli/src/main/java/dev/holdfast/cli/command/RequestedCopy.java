package dev.holdfast.cli.command;

import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.ReplicaReport.Replicated;
import dev.holdfast.core.message.ReplicaReport.ReplicationFailed;
import dev.holdfast.core.message.ReplicaReport.SnapshotDropped;
import dev.holdfast.core.message.ReplicaReport.SnapshotTaken;
import dev.holdfast.core.message.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of one copy that a person asked for, report by report. Owner and targets report on their own, so a
 * target's word may come before the owner's. A newer snapshot that overtook it counts as well: it holds more.
 */
final class RequestedCopy {

    /** What happened at one target. */
    enum Result {
        ARRIVED,
        FAILED,
        /** Nothing yet. */
        UNDER_WAY
    }

    /** @param reason null unless it failed */
    record Line(String target, Result result, Snapshot snapshot, Long bytes, Duration took, String reason) {}

    private final String guest;
    private final String command;
    private final List<String> nodes;
    private final Map<String, Replicated> replicated = new HashMap<>();
    private final Map<String, ReplicationFailed> failed = new HashMap<>();
    private SnapshotTaken taken;
    private String dropped;

    /** @param nodes every node of the cluster */
    RequestedCopy(String guest, String command, List<String> nodes) {
        this.guest = guest;
        this.command = command;
        this.nodes = List.copyOf(nodes);
    }

    void take(ReplicaReport report) {
        if (!report.guest().equals(guest)) {
            return;
        }
        switch (report) {
            case SnapshotTaken snapshot when command.equals(snapshot.command()) -> taken = snapshot;
            case SnapshotDropped drop when command.equals(drop.command()) -> dropped = drop.reason();
            case Replicated arrived -> replicated.merge(arrived.node(), arrived,
                    (one, other) -> other.snapshot().isAtLeast(one.snapshot()) ? other : one);
            case ReplicationFailed failure when failure.snapshot() != null -> failed.put(failure.target(), failure);
            default -> { }
        }
    }

    /** Why there is no snapshot; null if there is one, or none yet. */
    String dropped() {
        return dropped;
    }

    /** Null before it was taken. */
    SnapshotTaken taken() {
        return taken;
    }

    /** Nothing is left to wait for: each target has it or has failed. */
    boolean isOver() {
        return dropped != null
                || taken != null && lines().stream().noneMatch(line -> line.result() == Result.UNDER_WAY);
    }

    boolean isEverywhere() {
        return taken != null && lines().stream().allMatch(line -> line.result() == Result.ARRIVED);
    }

    /** One for each target; none before it was taken. */
    List<Line> lines() {
        return taken == null
                ? List.of()
                : nodes.stream().filter(node -> !node.equals(taken.node())).map(this::line).toList();
    }

    private Line line(String target) {
        Replicated arrived = replicated.get(target);
        if (arrived != null && holds(arrived.snapshot())) {
            return new Line(target, Result.ARRIVED, taken.snapshot(), arrived.bytes(), arrived.took(), null);
        }
        ReplicationFailed failure = failed.get(target);
        return failure != null && holds(failure.snapshot())
                ? new Line(target, Result.FAILED, taken.snapshot(), null, null, failure.reason())
                : new Line(target, Result.UNDER_WAY, taken.snapshot(), null, null, null);
    }

    private boolean holds(Snapshot snapshot) {
        return snapshot.epoch() == taken.snapshot().epoch() && snapshot.isAtLeast(taken.snapshot());
    }
}
