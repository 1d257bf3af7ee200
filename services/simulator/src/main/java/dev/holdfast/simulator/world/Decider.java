package dev.holdfast.simulator.world;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.simulator.fault.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The decision maker's task: reads all inputs in an order that only chance knows, and commits state, positions and
 * orders in one transaction. Whatever was not committed when it dies has never happened; another one goes on from
 * there on another node.
 */
final class Decider {

    private static final int MOST_AT_ONCE = 64;

    /** A decision with the states around the input that led to it. */
    private record Taken(Decision decision, ClusterState before, ClusterState after, long inputAt) {}

    private final World world;
    private final Topic[] topics;
    private long[] positions;
    private long[] committedPositions;
    private ClusterState state = ClusterState.EMPTY;
    private ClusterState committed = ClusterState.EMPTY;
    private final List<Taken> taken = new ArrayList<>();
    private final List<Input> inputs = new ArrayList<>();
    private final long[] topicLagUntil;
    private Machine host;
    /** Where it goes if it can; null for anywhere. */
    private Machine preferred;
    private long lagUntil;
    /** End of what was ever read of the heartbeat log as it stands now. */
    private long furthest;
    private long generation;
    private int killAfter;
    private boolean polling;
    private boolean committing;

    Decider(World world) {
        this.world = world;
        this.topics = world.log.inputs.toArray(Topic[]::new);
        this.positions = new long[topics.length];
        this.committedPositions = new long[topics.length];
        this.topicLagUntil = new long[topics.length];
    }

    ClusterState committed() {
        return committed;
    }

    /** The heartbeat log up to here is behind what was committed. */
    long committedOnHeartbeats() {
        return committedPositions[0];
    }

    long readOnHeartbeats() {
        return positions[0];
    }

    /** Records from here on nobody has decided upon, also while it reads the log again from its beginning. */
    long newOnHeartbeats() {
        return Math.max(positions[0], furthest);
    }

    // ---- its life

    void hostLost(Machine machine) {
        if (machine == host) {
            die(world.chance.millis(300, 6_000));
        }
    }

    void prefer(Machine machine) {
        preferred = machine;
    }

    /** The node it is on; null while it is on none. */
    String at() {
        return host == null ? null : host.name;
    }

    void killAfter(int steps) {
        killAfter = steps;
    }

    /** All of it reads late, or only one topic. */
    void lag(long until, boolean oneTopic) {
        if (oneTopic) {
            topicLagUntil[world.chance.below(topics.length)] = until;
            world.scheduler.at(until, this::wake);
        } else {
            lagUntil = until;
        }
    }

    private void die(long takeover) {
        generation++;
        state = committed;
        positions = committedPositions.clone();
        taken.clear();
        inputs.clear();
        polling = false;
        committing = false;
        host = null;
        killAfter = 0;
        long mine = generation;
        world.in(takeover, () -> takeOver(mine));
    }

    private void takeOver(long mine) {
        if (mine != generation || host != null) {
            return;
        }
        List<Machine> able = world.machines.stream().filter(this::canHost).toList();
        if (able.isEmpty() || !world.log.available()) {
            world.in(500 * Chance.MILLI, () -> takeOver(mine));
            return;
        }
        host = able.contains(preferred) ? preferred : world.chance.of(able);
        world.note(() -> "the decision maker goes on, on " + host);
        wake();
    }

    private boolean canHost(Machine machine) {
        return machine.isConnected() && !machine.stopped && !machine.storeFails;
    }

    void begin() {
        takeOver(generation);
    }

    /** The heartbeat log was cut back: positions behind its end lead back to its beginning (rule R10). */
    void cutBack(long end) {
        furthest = Math.min(furthest, end);
        if (positions[0] > end || committedPositions[0] > end) {
            die(world.chance.millis(100, 2_000));
            committedPositions[0] = 0;
            positions[0] = 0;
        }
    }

    // ---- reading and deciding

    void wake() {
        if (polling || host == null) {
            return;
        }
        polling = true;
        long mine = generation;
        world.scheduler.at(Math.max(lagUntil, world.now() + world.latency(host)), () -> poll(mine));
    }

    private void poll(long mine) {
        if (mine != generation) {
            return;
        }
        polling = false;
        if (!canHost(host)) {
            die(world.chance.millis(300, 6_000));
            return;
        }
        if (lagUntil > world.now()) {
            wake();
            return;
        }
        if (!world.log.available()) {
            return;
        }
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            int topic = nextTopic();
            if (topic < 0) {
                break;
            }
            Logged record = topics[topic].from(positions[topic]);
            positions[topic] = record.input().at().offset() + 1;
            furthest = Math.max(furthest, positions[0]);
            take(record);
            if (killAfter > 0 && --killAfter == 0) {
                world.struck(Fault.DECIDER_KILLED);
                world.note(() -> "the decision maker dies");
                die(world.chance.millis(200, 5_000));
                return;
            }
        }
        if (nextTopic() >= 0) {
            wake();
        }
        if (!inputs.isEmpty() && !committing) {
            committing = true;
            world.in(world.chance.millis(10, 100), () -> commit(mine));
        }
    }

    /** Any topic that has a record to read; -1 if none has. */
    private int nextTopic() {
        int first = world.chance.below(topics.length);
        for (int i = 0; i < topics.length; i++) {
            int topic = (first + i) % topics.length;
            if (positions[topic] < topics[topic].end() && topicLagUntil[topic] <= world.now()
                    && topics[topic].from(positions[topic]) != null) {
                return topic;
            }
        }
        return -1;
    }

    private void take(Logged record) {
        ClusterState before = state;
        DecisionMaker.Outcome outcome = world.parts.decide(state, record.input());
        state = outcome.state();
        inputs.add(record.input());
        for (Decision decision : outcome.decisions()) {
            taken.add(new Taken(decision, before, state, record.appendedAt()));
        }
    }

    private void commit(long mine) {
        if (mine != generation) {
            return;
        }
        committing = false;
        if (!canHost(host) || !world.log.available()) {
            // The transaction is aborted: what it held is read and decided again.
            die(world.chance.millis(300, 3_000));
            return;
        }
        List<Taken> decisions = List.copyOf(taken);
        List<Input> read = List.copyOf(inputs);
        taken.clear();
        inputs.clear();
        committed = state;
        committedPositions = positions.clone();
        for (Taken each : decisions) {
            world.decided(each.decision());
            world.invariants.decided(each.decision(), each.before(), each.after(), each.inputAt());
        }
        world.committed(read);
        world.invariants.committed(read, committed, world.running());
        for (Taken each : decisions) {
            publish(each.decision());
        }
    }

    private void publish(Decision decision) {
        switch (decision.event()) {
            case GuestEvent.GuestCommand command -> world.log.write(world.log.guestCommands, command.guest(), command);
            case GuestEvent.ReplicaCommand command ->
                world.log.write(world.log.replicaCommands, command.guest(), command);
            case ClusterEvent.SettingsApplied applied ->
                world.log.write(world.log.applied, applied.entity(), applied.settings());
            default -> { }
        }
    }

    @Override
    public String toString() {
        return "decision maker on " + host + " at " + Arrays.toString(positions);
    }
}
