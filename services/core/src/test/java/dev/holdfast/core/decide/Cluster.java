package dev.holdfast.core.decide;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.message.Unreadable;
import dev.holdfast.core.node.NonVoter;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.event.Position;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.message.GuestSpecChange;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.core.state.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster played in memory: one log with offsets, machines with clocks of their own that read and acknowledge as
 * real ones do, and the decision maker that reads all of it. Time passes only when a test says so.
 */
final class Cluster {

    static final String TOPIC_ID = "topic-1";
    static final Timing TIMING = Timing.FAST;

    final Map<String, Machine> machines = new LinkedHashMap<>();
    final Orders orders = new Orders(this);
    private final List<Input> inputs = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final Map<String, Long> otherTopics = new LinkedHashMap<>();
    private final List<String> voters;
    private ClusterState state = ClusterState.EMPTY;
    private Duration world = Duration.ofSeconds(1000);
    private long logEnd;
    private int mark;
    private int commands;

    private Cluster(List<String> voters) {
        this.voters = voters;
        for (String voter : voters) {
            Duration ahead = Duration.ofSeconds(5000L * machines.size());
            machines.put(voter, new Machine(voter, ahead, TIMING.lease(), TIMING.wd()));
        }
    }

    /** Nothing was read yet. */
    static Cluster withoutSettings(String... voters) {
        return new Cluster(List.of(voters));
    }

    /** Settings are read, nobody has beaten yet. */
    static Cluster initialised(String... voters) {
        Cluster cluster = withoutSettings(voters);
        cluster.read("cluster.settings", "cluster", cluster.settings(1, TIMING));
        return cluster;
    }

    /** Three nodes that have beaten for two seconds. */
    static Cluster ofThree() {
        return beating("a", "b", "c");
    }

    static Cluster beating(String... voters) {
        Cluster cluster = initialised(voters);
        cluster.beatsFor(Duration.ofSeconds(2));
        return cluster;
    }

    /** Three nodes and d, which was added since and is no voter; the guest db answers on a and is replicated to all others. */
    static Cluster withDbOnAAndNonVoter() {
        Cluster cluster = withDbOnA();
        cluster.members("d");
        cluster.beatsFor(Duration.ofSeconds(2));
        cluster.replicated("db", "b", "c", "d");
        return cluster;
    }

    /** Somebody asks that these be the nodes beside the voters; machines there are of all that ever were named. */
    void members(String... others) {
        List<NonVoter> all = new ArrayList<>();
        for (String name : others) {
            all.add(new NonVoter(name, voters.size() + all.size() + 1, null));
            machines.computeIfAbsent(name, fresh -> new Machine(
                    fresh, Duration.ofSeconds(5000L * machines.size()), TIMING.lease(), TIMING.wd()));
        }
        ClusterSettings next = state.settings().next(all, "test", "test");
        read("cluster.settings", "cluster", next);
        if (state.settings().equals(next)) {
            machines.values().stream().filter(machine -> machine.up).forEach(machine -> machine.takesOn(next));
        }
    }

    /** Three nodes; the guest db answers on a and is replicated to b and c. */
    static Cluster withDbOnA() {
        Cluster cluster = ofThree();
        cluster.declare(Guests.db());
        cluster.orders.carryOutAll();
        cluster.replicated("db", "b", "c");
        return cluster;
    }

    ClusterSettings settings(long version, Timing timing) {
        return new ClusterSettings(
                version, "cluster-1", TOPIC_ID, voters, timing, ClusterSettings.COLD_START_WAIT,
                ClusterSettings.SUSPECT_ROUNDS, "test", "test");
    }

    // ---- time and the log

    /** Time passes and nobody writes. */
    void silenceFor(Duration time) {
        world = world.plus(time);
    }

    /** The machines that are up, or the ones named, beat in turn for that long. */
    void beatsFor(Duration time, String... names) {
        List<String> beating = names.length > 0 ? Arrays.asList(names) : List.copyOf(machines.keySet());
        Duration end = world.plus(time);
        while (world.compareTo(end) < 0) {
            world = world.plus(TIMING.beat());
            beating.stream().filter(name -> machine(name).up).forEach(this::beat);
        }
    }

    /** One beat, acknowledged to its writer and read by every other machine at once. */
    long beat(String name) {
        return append(nextBeat(name), true);
    }

    /** One beat that the log took; the others have not read it yet, and its writer has no acknowledgement. */
    long beatUnread(String name) {
        return append(nextBeat(name), false);
    }

    /** One beat that renews its writer's lease and is read by all, but never by the decision maker. */
    void beatLost(String name) {
        notice(nextBeat(name));
        logEnd++;
    }

    /** No node sends two beats at one moment of its clock. */
    private Heartbeat nextBeat(String name) {
        Machine machine = machine(name);
        if (machine.clock(world).equals(machine.lastSentAt)) {
            world = world.plusNanos(1);
        }
        return machine.nextBeat(world);
    }

    /** The decision maker loses its place and reads the heartbeat log from its beginning once more. */
    void heartbeatsReadAgain() {
        List.copyOf(inputs).stream().filter(Input::heartbeatLog).forEach(this::decide);
    }

    /** Any beat whatever, at the end of the log. */
    long append(Heartbeat beat, boolean noticed) {
        if (noticed) {
            notice(beat);
        }
        readLog(beat.node(), beat);
        return logEnd - 1;
    }

    private void notice(Heartbeat beat) {
        Machine writer = machines.get(beat.node());
        writer.ackedSeq = beat.seq();
        writer.acked = logEnd;
        machines.values().stream().filter(machine -> machine != writer && machine.up).forEach(machine ->
                machine.seen.put(beat.node(), new Heartbeat.Seen(
                        beat.incarnation(), beat.seq(), logEnd, machine.clock(world))));
    }

    /** Foreign bytes on the heartbeat log. */
    void appendUnreadable() {
        readLog("", new Unreadable("not Avro"));
    }

    /** Records that the decision maker will never see. */
    void logLoses(int records) {
        logEnd += records;
    }

    /** The log is cut back, or begun anew, at that offset. */
    void logGoesBackTo(long offset) {
        logEnd = offset;
    }

    void lapse(String name, Lapsed.Reason reason) {
        Machine machine = machine(name);
        machine.up = false;
        readLog(name, new Lapsed(name, machine.incarnation, reason, machine.clock(world), "in a test"));
    }

    void appendLapsed(Lapsed lapsed) {
        readLog(lapsed.node(), lapsed);
    }

    void crash(String... names) {
        Arrays.stream(names).forEach(name -> machine(name).up = false);
    }

    /** Power comes back: the next incarnation beats once. */
    void reboot(String name) {
        machine(name).reboot(world);
        beat(name);
    }

    /** The services come back within the same boot. */
    void restart(String name) {
        machine(name).restart();
        beat(name);
    }

    /** Crash, and beats of the others until T is proven. */
    void crashUntilFenced(String name) {
        crash(name);
        beatsFor(TIMING.silenceUntilFenced().plusSeconds(1));
    }

    // ---- other topics

    void declare(GuestSpec spec) {
        read("guest.specs", spec.name(), new GuestSpecChange(nextId(), "test", "test", Instant.EPOCH, spec));
    }

    /** Asks, and returns the id of the command. */
    String ask(OperatorCommand.Request request) {
        String id = nextId();
        ask(id, request);
        return id;
    }

    void ask(String id, OperatorCommand.Request request) {
        read("operator.commands", request.target(),
                new OperatorCommand(id, "test", "because", Instant.EPOCH, request));
    }

    /** Snapshots of the running guest reach these nodes. */
    void replicated(String guest, String... targets) {
        orders.replicate(guest, targets);
    }

    void report(Message report) {
        read("reports", "", report);
    }

    private String nextId() {
        commands++;
        return "command-" + commands;
    }

    private void readLog(String key, Message message) {
        Input input = new Input(new Position("node.heartbeats", logEnd), true, key, message);
        logEnd++;
        decide(input);
    }

    void read(String topic, String key, Message message) {
        long offset = otherTopics.merge(topic, 1L, Long::sum) - 1;
        decide(new Input(new Position(topic, offset), false, key, message));
    }

    private void decide(Input input) {
        inputs.add(input);
        DecisionMaker.Outcome outcome = DecisionMaker.decide(state, input);
        state = outcome.state();
        decisions.addAll(outcome.decisions());
        orders.noticed(outcome.decisions());
    }

    // ---- what came of it

    Machine machine(String name) {
        return machines.get(name);
    }

    Duration world() {
        return world;
    }

    long logEnd() {
        return logEnd;
    }

    ClusterState state() {
        return state;
    }

    NodeState node(String name) {
        return state.node(name);
    }

    GuestState guest(String name) {
        return state.guests().get(name);
    }

    GuestState db() {
        return guest("db");
    }

    List<Input> inputs() {
        return List.copyOf(inputs);
    }

    /** From here on {@link #events} tells only what is new. */
    void mark() {
        mark = decisions.size();
    }

    List<Decision> decisions() {
        return List.copyOf(decisions.subList(mark, decisions.size()));
    }

    List<Event> events() {
        return decisions().stream().map(Decision::event).toList();
    }

    <E extends Event> List<E> events(Class<E> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <E extends Event> E last(Class<E> kind) {
        return events(kind).getLast();
    }

    /** The node a guest was last told to start on. */
    String startedOn() {
        return last(GuestEvent.StartGuest.class).node();
    }
}
