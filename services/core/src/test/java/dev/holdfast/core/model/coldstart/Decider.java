package dev.holdfast.core.model.coldstart;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.GuestEvent;
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
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.GuestSpecChange;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.Fold;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The product's decision maker, given what the machines of the model would write. */
final class Decider {

    static final String GUEST = "db";

    /** All beats have the same one: no record is lost here, so it would tell nothing that their offsets do not. */
    private static final long NUMBER = 1;

    private final Setting setting;
    /** What a mistake makes of its state after every record. */
    private final UnaryOperator<ClusterState> overlooked;

    Decider(Setting setting, UnaryOperator<ClusterState> overlooked) {
        this.setting = setting;
        this.overlooked = overlooked;
    }

    /** What one record leads to. */
    record Answer(ClusterState state, List<Event> events) {

        List<GuestEvent.GuestOrder> orders() {
            return events.stream()
                    .filter(GuestEvent.GuestOrder.class::isInstance)
                    .map(GuestEvent.GuestOrder.class::cast)
                    .toList();
        }
    }

    /** The guest runs on a; b holds an old snapshot of it and c a newer one. */
    ClusterState beginning(List<Machine> machines) {
        // Applied as they are: rounds so long are not what the product would be set to.
        ClusterState state = Fold.apply(ClusterState.EMPTY, new ClusterEvent.SettingsApplied(settings()));
        for (Machine machine : machines) {
            if (machine.up()) {
                state = beat(state, machine, 0).state();
            }
        }
        state = read(state, "guest.specs", -1, new GuestSpecChange("declare", "model", "model", Instant.EPOCH, spec()))
                .state();
        Incarnation first = new Incarnation(1, 1);
        state = report(state, new GuestReport.GuestStarted(GUEST, 1, "a", first, time(0), 1)).state();
        for (Machine machine : machines) {
            if (machine.replica() > 0) {
                state = report(state, new ReplicaReport.Replicated(
                        GUEST, machine.name(), first, snapshot(machine.replica()), 1, Duration.ofMillis(1))).state();
            }
        }
        return state;
    }

    private ClusterSettings settings() {
        return new ClusterSettings(
                1, "cluster", "topic", List.of("a", "b", "c"), setting.timing(), setting.coldStartWait(),
                ClusterSettings.SUSPECT_ROUNDS, "model", "model");
    }

    private static GuestSpec spec() {
        RestartPolicy restart = new RestartPolicy(
                2, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(30), 1, Duration.ofHours(1));
        return new GuestSpec(
                GUEST, List.of("run"), Map.of(), VolumeKind.DIRECTORY, null, 9000,
                new ProbeSpec.Tcp(ProbeTiming.DEFAULT), restart, ReplicationPolicy.DEFAULT, null,
                RequestedState.STARTED, NodeRules.ANY, GuestSpec.DEFAULT_STOP_GRACE);
    }

    Snapshot snapshot(int version) {
        return new Snapshot("snapshot-" + version, 1, version, time(0), "a", new Incarnation(1, 1));
    }

    /** All clocks show the same: none is ever compared with another one's, nor with one of another boot. */
    Duration time(int round) {
        return Duration.ofSeconds(1).plus(setting.round().multipliedBy(round));
    }

    /** One beat, acknowledged at once, by a machine that has read all that stands before it. */
    Answer beat(ClusterState state, Machine machine, int round) {
        Duration now = time(round);
        Map<String, Heartbeat.Seen> seen = new TreeMap<>();
        for (NodeState other : state.nodes().values()) {
            if (!other.name().equals(machine.name())) {
                Duration began = time(machine.since());
                Duration seenAt = other.sentAt().compareTo(began) > 0 ? other.sentAt() : began;
                seen.put(other.name(), new Heartbeat.Seen(
                        other.incarnation(), NUMBER, other.lastOffset(), seenAt));
            }
        }
        NodeState own = state.node(machine.name());
        long acked = machine.incarnation().equals(own.incarnation()) ? own.lastOffset() : -1;
        Map<String, Long> running = machine.runs() > 0 ? Map.of(GUEST, machine.runs()) : Map.of();
        return read(state, "node.heartbeats", Math.max(0, state.nextOffset()), new Heartbeat(
                machine.name(), "topic", machine.incarnation(), machine.bootId(), NUMBER, seen, NUMBER, acked,
                now,
                setting.timing().lease(), setting.timing().wd(), "process", 1, running, null));
    }

    Answer report(ClusterState state, Message report) {
        return read(state, "reports", 0, report);
    }

    private Answer read(ClusterState state, String topic, long offset, Message body) {
        boolean heartbeatLog = topic.equals("node.heartbeats");
        String key = heartbeatLog ? "" : GUEST;
        DecisionMaker.Outcome outcome =
                DecisionMaker.decide(state, new Input(new Position(topic, offset), heartbeatLog, key, body));
        List<Event> events = new ArrayList<>();
        for (Decision decision : outcome.decisions()) {
            events.add(decision.event());
        }
        return new Answer(overlooked.apply(outcome.state()), events);
    }
}
