package dev.holdfast.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.event.Event;
import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Lapsed;
import dev.holdfast.core.message.Message;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import dev.holdfast.core.state.ClusterState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of things in any order: nothing runs twice, the books of R8 balance, nothing throws. */
class RandomTest {

    private static final String[] NODES = {"a", "b", "c", "x"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverHappensToThreeNodesNothingRunsTwice(long seed) {
        run(new RandomWorld(seed, "a", "b", "c"));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void whateverHappensToFiveNodesNothingRunsTwice(long seed) {
        run(new RandomWorld(seed, "a", "b", "c", "d", "e"));
    }

    private static void run(RandomWorld world) {
        for (int i = 0; i < 2_500; i++) {
            world.step();
        }

        // A world in which nothing is ever started would prove nothing.
        assertThat(world.starts).isGreaterThan(5);
        assertThat(replayed(world.cluster.inputs())).isEqualTo(world.cluster.events());
    }

    private static List<Event> replayed(List<Input> inputs) {
        List<Event> events = new ArrayList<>();
        ClusterState state = ClusterState.EMPTY;
        for (Input input : inputs) {
            DecisionMaker.Outcome outcome = DecisionMaker.decide(state, input);
            state = outcome.state();
            outcome.decisions().forEach(decision -> events.add(decision.event()));
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void nonsenseNeverThrowsAndNeverUnbalancesTheBooks(long seed) {
        Random random = new Random(seed);
        Cluster cluster = Cluster.withDbOnA();
        Ledger ledger = new Ledger();
        ledger.check(cluster.decisions());
        for (int i = 0; i < 3_000; i++) {
            cluster.mark();
            if (random.nextInt(3) == 0) {
                cluster.beatsFor(Cluster.TIMING.beat());
            } else if (random.nextInt(40) == 0) {
                cluster.logGoesBackTo(Math.max(0, cluster.logEnd() - random.nextInt(20)));
            } else {
                nonsense(cluster, random);
            }
            ledger.check(cluster.decisions());
        }
    }

    private static void nonsense(Cluster cluster, Random random) {
        String node = NODES[random.nextInt(NODES.length)];
        Incarnation incarnation = new Incarnation(1 + random.nextInt(2), 1 + random.nextInt(2));
        Duration at = Duration.ofSeconds(random.nextInt(20_000));
        long epoch = random.nextInt(30);
        Snapshot snapshot = new Snapshot("s" + random.nextInt(5), epoch, random.nextInt(9), at, node, incarnation);
        Message report = switch (random.nextInt(13)) {
            case 0 -> new GuestReport.GuestStarted("db", epoch, node, incarnation, at, 1);
            case 1 -> new GuestReport.GuestStopped("db", epoch, node, incarnation, at, random.nextBoolean(), "?");
            case 2 -> new GuestReport.StartFailed(
                    "db", epoch, node, incarnation, at, random.nextBoolean(), random.nextBoolean(), "?");
            case 3 -> new GuestReport.GuestHealth("db", epoch, node, incarnation, at, random.nextBoolean(), "?");
            case 4 -> new ReplicaReport.Replicated("db", node, incarnation, snapshot, 1, at);
            case 5 -> new ReplicaReport.ReplicaPromoted("db", node, incarnation, epoch, snapshot);
            case 6 -> new ReplicaReport.PromoteFailed("db", node, incarnation, epoch, "?");
            case 7 -> new ReplicaReport.SnapshotTaken("db", node, incarnation, snapshot, 1, random.nextBoolean());
            case 8 -> new ReplicaReport.ReplicationFailed("db", node, incarnation, "b", "?", 1);
            case 9 -> new ReplicaReport.SetAsideDone("unknown", node, incarnation, epoch, "?", 1, null);
            case 11 -> new GuestReport.StopFailed("db", epoch, node, incarnation, at, "?");
            case 10 -> new FenceReport(node, incarnation, random.nextInt(10) == 0, "?", "?");
            default -> null;
        };
        if (report != null) {
            cluster.report(report);
        } else if (random.nextInt(4) == 0) {
            cluster.appendLapsed(new Lapsed(node, incarnation, Lapsed.Reason.values()[random.nextInt(5)], at, "?"));
        } else {
            cluster.append(beat(random, node, incarnation, at, epoch), false);
        }
    }

    private static Heartbeat beat(Random random, String node, Incarnation incarnation, Duration at, long epoch) {
        return new Heartbeat(
                node, random.nextInt(20) == 0 ? "topic-2" : Cluster.TOPIC_ID, incarnation,
                node + "-boot-" + incarnation.boot(), random.nextInt(100),
                Map.of("a", new Heartbeat.Seen(incarnation, random.nextInt(100), random.nextInt(5_000), at)),
                random.nextInt(100), random.nextInt(5_000) - 1L, at,
                Cluster.TIMING.lease(), Cluster.TIMING.wd(), "process", 1,
                random.nextInt(10) == 0 ? Map.of("db", epoch, "ghost", epoch) : Map.of(), pool(random));
    }

    private static PoolHealth pool(Random random) {
        PoolState state = PoolState.values()[random.nextInt(PoolState.values().length)];
        return random.nextInt(3) == 0
                ? null
                : new PoolHealth("tank", state, 100, random.nextInt(101), random.nextInt(2), null, "?");
    }
}
