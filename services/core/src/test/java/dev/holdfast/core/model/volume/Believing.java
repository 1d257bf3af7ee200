package dev.holdfast.core.model.volume;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.Position;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.core.guest.ProbeTiming;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.guest.VolumeKind;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.GuestSpecChange;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the product's decision maker what it believes of a replica after a report. */
final class Believing {

    static final Believing REAL = new Believing();

    private record Asked(Snap before, Snap stored) {}

    private final ClusterState pristine;
    private final Map<Asked, Snap> answers = new HashMap<>();

    private Believing() {
        ClusterState settings = next(ClusterState.EMPTY, new ClusterSettings(
                1, "cluster", "topic", List.of("a", "b", "c"), Timing.FAST, Duration.ZERO, 1, "model", "model"));
        RestartPolicy restart = new RestartPolicy(
                2, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(30), 1, Duration.ofHours(1));
        pristine = next(settings, new GuestSpecChange("id", "model", "model", Instant.EPOCH, new GuestSpec(
                "db", List.of("run"), Map.of(), VolumeKind.DIRECTORY, null, 9000,
                new ProbeSpec.Tcp(ProbeTiming.DEFAULT), restart, ReplicationPolicy.DEFAULT, null,
                RequestedState.STARTED, NodeRules.ANY, GuestSpec.DEFAULT_STOP_GRACE)));
    }

    Snap after(Snap before, Snap stored) {
        return answers.computeIfAbsent(new Asked(before, stored), asked -> {
            ClusterState state = before == null ? pristine : next(pristine, report(before));
            Snapshot believed = next(state, report(stored)).guests().get("db").replicas().get("b");
            return believed.equals(stored.real()) ? stored : before;
        });
    }

    private static Message report(Snap snap) {
        return new ReplicaReport.Replicated(
                "db", "b", new Incarnation(1, 1), snap.real(), 1, Duration.ofMillis(1));
    }

    private static ClusterState next(ClusterState state, Message body) {
        return DecisionMaker.decide(state, new Input(new Position("topic", 0), false, "db", body)).state();
    }
}
