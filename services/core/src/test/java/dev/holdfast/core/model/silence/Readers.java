package dev.holdfast.core.model.silence;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Position;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.state.Base;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.Fold;
import dev.holdfast.core.state.NodeState;
import dev.holdfast.core.state.Sorted;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The product's decision maker reading the log, record by record and at once: what is fenced later, because the
 * decision maker lags, is dead then too.
 *
 * <p>After each record its state is brought to a normal form, in which the newest beat of a stands at {@link #NEWEST}
 * and the next record at {@link #NEXT}. Forgotten are numbers that count decisions and the rounds that make a node
 * suspect, which have no say in what is fenced, and when a witness's newest beat was sent, which had its say.
 */
final class Readers {

    /** All beats have the same one: no record is lost here, so it would tell nothing that their offsets do not. */
    private static final long NUMBER = 1;
    private static final long OLDER = 5;
    private static final long NEWEST = 10;
    private static final long BEHIND = 15;
    private static final long NEXT = 20;
    private static final List<String> VOTERS = List.of("a", "b", "c");

    private record Asked(Reader reader, Object beat) {}

    private final Setting setting;
    private final Rules rules;
    private final Map<ClusterState, Reader> known = new HashMap<>();
    private final Map<Asked, Reader> answers = new HashMap<>();

    Readers(Setting setting, Rules rules) {
        this.setting = setting;
        this.rules = rules;
    }

    /** The product. */
    static ClusterState real(ClusterState state, Input input) {
        return DecisionMaker.decide(state, input).state();
    }

    /** The settings are read, and b and c have beaten once. */
    Reader beginning(int witnessClock) {
        ClusterSettings settings = new ClusterSettings(
                1, "cluster", "topic", VOTERS, setting.timing(), ClusterSettings.COLD_START_WAIT,
                ClusterSettings.SUSPECT_ROUNDS, "model", "model");
        // Applied as they are: times so short and clocks so exact are not what the product would be set to.
        ClusterState state = Fold.apply(
                ClusterState.EMPTY, new ClusterEvent.SettingsApplied(rules.settings(settings)));
        state = read(state, "node.heartbeats", 0, beat("b", 1, witnessClock, Map.of(), -1, 0));
        state = read(state, "node.heartbeats", 1, beat("c", 1, witnessClock, Map.of(), -1, 0));
        return one(state);
    }

    Reader afterBeatOfA(Reader reader, Subject.Beat beat) {
        return answers.computeIfAbsent(new Asked(reader, beat), asked -> one(read(
                reader.state(), "node.heartbeats", NEXT, beat("a", 1, beat.sentAt(), Map.of(), -1, beat.lease()))));
    }

    /** One beat of each witness. */
    Reader afterBeatOfWitnesses(Reader reader, Witness.Beat beat) {
        return answers.computeIfAbsent(new Asked(reader, beat), asked -> {
            Map<String, Heartbeat.Seen> seen = switch (beat.seen()) {
                case NOTHING -> Map.of();
                case AN_OLDER_ONE -> Map.of("a", seen(OLDER, beat.seenAt()));
                case THE_NEWEST -> Map.of("a", seen(NEWEST, beat.seenAt()));
            };
            long acked = beat.acked() == Witness.Own.BEFORE ? OLDER : BEHIND;
            ClusterState state = read(
                    reader.state(), "node.heartbeats", NEXT, beat("b", beat.boot(), beat.sentAt(), seen, acked, 0));
            return one(read(
                    state, "node.heartbeats", NEXT + 1, beat("c", beat.boot(), beat.sentAt(), seen, acked, 0)));
        });
    }

    private static Heartbeat.Seen seen(long offset, int at) {
        return new Heartbeat.Seen(new Incarnation(1, 1), NUMBER, offset, Held.ms(at));
    }

    private Heartbeat beat(
            String node, int boot, int sentAt, Map<String, Heartbeat.Seen> seen, long acked, int lease) {
        Duration length = lease == 0 ? setting.timing().lease() : Held.ms(lease);
        return new Heartbeat(
                node, "topic", new Incarnation(boot, 1), node + boot, NUMBER, seen, NUMBER, acked, Held.ms(sentAt), length,
                setting.timing().wd(), "process", 1, Map.of(), null);
    }

    private ClusterState read(ClusterState state, String topic, long offset, Message body) {
        boolean heartbeatLog = topic.equals("node.heartbeats");
        return rules.decide(state, new Input(new Position(topic, offset), heartbeatLog, "", body));
    }

    private Reader one(ClusterState state) {
        ClusterState normal = normal(state);
        return known.computeIfAbsent(normal, Reader::new);
    }

    private static ClusterState normal(ClusterState state) {
        if (state.frozen() != null) {
            throw new IllegalStateException("the model's log is sound: " + state.frozen().reason());
        }
        Map<String, NodeState> nodes = new TreeMap<>();
        state.nodes().forEach((name, node) -> nodes.put(name, normal(node)));
        return new ClusterState(
                state.settings(), NEXT, state.suspended(), null, state.coldStart(), 0, 0, state.answered(), nodes,
                state.guests());
    }

    static ClusterState with(ClusterState state, NodeState node) {
        return new ClusterState(
                state.settings(), state.nextOffset(), state.suspended(), state.frozen(), state.coldStart(),
                state.epochs(), state.decisions(), state.answered(),
                Sorted.with(state.nodes(), node.name(), node), state.guests());
    }

    private static NodeState normal(NodeState node) {
        Map<String, Base> bases = new TreeMap<>();
        if (node.name().equals("a")) {
            node.bases().forEach((witness, base) ->
                    bases.put(witness, new Base(base.witness(), base.since(), 0, 0, -1)));
        }
        boolean isA = node.name().equals("a");
        Duration sentAt = isA ? node.sentAt() : Duration.ZERO;
        return with(node, isA ? NEWEST : OLDER, sentAt, node.silence(), bases);
    }

    static NodeState with(
            NodeState node, long lastOffset, Duration sentAt, Duration silence, Map<String, Base> bases) {
        return new NodeState(
                node.name(), node.incarnation(), node.bootId(), node.liveness(), node.draining(), node.maintenance(),
                node.shutdown(), node.poolVerdict(), lastOffset, NUMBER, NUMBER, sentAt, silence,
                node.guardKind(), node.settingsVersion(), node.running(), node.pool(), bases, node.refused(),
                node.replaced());
    }
}
