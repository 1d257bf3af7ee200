package dev.holdfast.simulator.invariant;

import dev.holdfast.core.event.Cause;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.Evidence;
import dev.holdfast.core.event.Position;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.core.guest.ProbeTiming;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.guest.VolumeKind;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.Attempts;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.LastWriter;
import dev.holdfast.core.state.Liveness;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.core.state.Replication;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What invariants are told, in short. */
final class Given {

    static final Incarnation FIRST = new Incarnation(1, 1);
    static final Incarnation SECOND = new Incarnation(1, 2);
    static final long SECONDS = 1_000_000_000L;

    private Given() {}

    static Run run(String guest, String node, long epoch) {
        return new Run(guest, node, FIRST, epoch);
    }

    static Decision decision(Event event) {
        return decision(Rule.PLACEMENT, List.of(), event);
    }

    static Decision decision(Rule rule, List<Evidence> evidence, Event event) {
        return new Decision(1, new Cause(rule, new Position("node.heartbeats", 100), 100, evidence), event);
    }

    static Snapshot snapshot(long epoch, long sequence) {
        return new Snapshot("s-" + epoch + "-" + sequence, epoch, sequence, Duration.ZERO, "a", FIRST);
    }

    static Heartbeat beat(String node, Duration lease, Duration wd) {
        return new Heartbeat(
                node, "topic", FIRST, "boot", 1, Map.of(), 0, -1, Duration.ofSeconds(1), lease, wd, "process", 1,
                Map.of(), null);
    }

    static GuestSpec spec(String guest) {
        return new GuestSpec(
                guest, List.of("run"), Map.of(), VolumeKind.DIRECTORY, null, 9000,
                new ProbeSpec.Tcp(ProbeTiming.DEFAULT),
                new RestartPolicy(
                        2, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(8), 1, Duration.ofHours(1)),
                new ReplicationPolicy(Duration.ofSeconds(2), Duration.ofMillis(500), 3), null,
                RequestedState.STARTED, NodeRules.ANY, GuestSpec.DEFAULT_STOP_GRACE);
    }

    /** A guest that is wanted and stands still. */
    static GuestState guest(LastWriter writer, List<String> liveCopies, GuestState.Waiting waiting) {
        return new GuestState(
                "db", spec("db"), RequestedState.STARTED, false, new GuestPhase.Idle(), List.of(), List.of(), writer,
                Map.of(), liveCopies, null, Map.of(), null, null, 0, Attempts.NONE, null, waiting, false,
                Replication.NONE);
    }

    static NodeState live(String node) {
        return new NodeState(
                node, FIRST, "boot", Liveness.LIVE, false, false, null, null, 1, 1, 1, Duration.ofSeconds(1),
                Duration.ofSeconds(15), "process", 1, Map.of(), null, Map.of(), null, null);
    }

    static ClusterState state(GuestState guest, NodeState... nodes) {
        Map<String, NodeState> all = new HashMap<>();
        for (NodeState node : nodes) {
            all.put(node.name(), node);
        }
        ClusterSettings settings = new ClusterSettings(
                1, "cluster", "topic", List.of("a", "b", "c"), Timing.DEFAULT, Duration.ofSeconds(15), 3, "who", "why");
        return new ClusterState(
                settings, 1, false, null, null, 1, 1, List.of(), all, guest == null ? Map.of() : Map.of("db", guest));
    }
}
