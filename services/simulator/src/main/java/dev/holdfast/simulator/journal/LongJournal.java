package dev.holdfast.simulator.journal;

import dev.holdfast.core.event.Position;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Timing;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.journal.CheckpointPlan;
import dev.holdfast.simulator.scenario.Guests;
import dev.holdfast.simulator.world.Onlooker;
import dev.holdfast.simulator.world.SteadyCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A journal of any length, as most of a real one is: a simulated cluster fails over twice, and from then on its nodes
 * beat on in turn, with nothing between their beats but the loss of a node now and then. It takes no more memory for a
 * year than for a minute, which a simulation of all of it would. The same for the same number of entries.
 */
public final class LongJournal {

    private static final List<String> NODES = List.of("a", "b", "c");
    private static final Timing TIMING = Timing.DEFAULT;
    private static final long SECOND = 1_000_000_000L;
    private static final long SIMULATED_SECONDS = 300;
    /** A node that runs nothing is silent for a while after so many rounds of beats: about every six hours. */
    private static final long ROUNDS_BETWEEN_LOSSES = 43_200;

    private static final long ROUNDS_SILENT = 2 * TIMING.silenceUntilFenced().toMillis() / TIMING.beat().toMillis();

    private final SimulatedJournal journal;
    private final Map<String, Heartbeat> newest = new TreeMap<>();
    private final Map<String, Long> offsets = new TreeMap<>();
    private long nanos;
    private long offset;

    private LongJournal(SimulatedJournal journal) {
        this.journal = journal;
    }

    /**
     * Writes it.
     *
     * @param entries at least so many, and a few more
     * @param values is given each value in order
     * @return how many it has
     */
    public static long write(long entries, Codecs codecs, Consumer<byte[]> values) {
        LongJournal written = new LongJournal(new SimulatedJournal(codecs, CheckpointPlan.HOURLY, values));
        written.simulate();
        for (long round = 1; written.journal.head().entries() < entries; round++) {
            written.beatOn(round);
        }
        return written.journal.head().entries();
    }

    private void simulate() {
        SteadyCluster cluster = new SteadyCluster(
                NODES, List.of(), TIMING, ClusterSettings.COLD_START_WAIT, null, 1, new Onlooker() {
                    @Override
                    public void committed(long at, List<Input> inputs) {
                        journal.committed(at, inputs);
                        inputs.forEach(input -> remember(at, input));
                    }
                });
        NODES.forEach(cluster::powerOn);
        cluster.at(10 * SECOND, () -> cluster.declare(Guests.named("db")));
        cluster.at(60 * SECOND, () -> cluster.powerOff(runner(cluster)));
        cluster.at(120 * SECOND, () -> NODES.stream().filter(node -> !cluster.isOn(node)).forEach(cluster::powerOn));
        cluster.at(180 * SECOND, () -> cluster.powerOff(runner(cluster)));
        cluster.at(240 * SECOND, () -> NODES.stream().filter(node -> !cluster.isOn(node)).forEach(cluster::powerOn));
        cluster.runUntil(SIMULATED_SECONDS * SECOND);
        cluster.over();
    }

    private static String runner(SteadyCluster cluster) {
        return cluster.running().iterator().next().node();
    }

    private void remember(long at, Input input) {
        nanos = at;
        if (input.heartbeatLog()) {
            offset = input.at().offset();
            if (input.body() instanceof Heartbeat beat) {
                newest.put(beat.node(), beat);
                offsets.put(beat.node(), offset);
            }
        }
    }

    private void beatOn(long round) {
        long sinceLoss = round % ROUNDS_BETWEEN_LOSSES;
        String lost = idle(round / ROUNDS_BETWEEN_LOSSES);
        for (String node : NODES) {
            nanos += TIMING.beat().toNanos() / NODES.size();
            boolean silent = round > ROUNDS_BETWEEN_LOSSES && node.equals(lost) && sinceLoss < ROUNDS_SILENT;
            if (!silent) {
                boolean reborn = round > ROUNDS_BETWEEN_LOSSES && node.equals(lost) && sinceLoss == ROUNDS_SILENT;
                beat(reborn ? reborn(newest.get(node)) : newest.get(node), round);
            }
        }
    }

    /** A node that runs no guest, in turn. */
    private String idle(long turn) {
        List<String> idle = NODES.stream().filter(node -> newest.get(node).running().isEmpty()).toList();
        return idle.get((int) (turn % idle.size()));
    }

    private static Heartbeat reborn(Heartbeat last) {
        Incarnation next = new Incarnation(last.incarnation().boot() + 1, 1);
        return new Heartbeat(
                last.node(), last.topicId(), next, "boot-" + next.boot(), 0, Map.of(), 0, -1,
                Duration.ofSeconds(20), last.lease(), last.wd(), last.guardKind(), last.settingsVersion(), Map.of(),
                last.pool());
    }

    private void beat(Heartbeat last, long round) {
        Duration beat = TIMING.beat();
        Duration sentAt = last.sentAt().plus(beat).plusNanos(round * 7_919 % 1_000_000);
        Map<String, Heartbeat.Seen> seen = new TreeMap<>();
        newest.forEach((name, other) -> {
            if (!name.equals(last.node())) {
                seen.put(name, seenBefore(last, name, other, sentAt));
            }
        });
        long acked = last.seq() == 0 ? -1 : offsets.get(last.node());
        offset++;
        Heartbeat next = new Heartbeat(
                last.node(), last.topicId(), last.incarnation(), last.bootId(), last.seq() + 1, seen, last.seq(), acked,
                sentAt, last.lease(), last.wd(), last.guardKind(), last.settingsVersion(), last.running(),
                last.pool());
        newest.put(last.node(), next);
        offsets.put(last.node(), offset);
        journal.committed(nanos, List.of(new Input(new Position("node.heartbeats", offset), true, last.node(), next)));
    }

    /** A beat is read once: what was seen before keeps its time. */
    private Heartbeat.Seen seenBefore(Heartbeat last, String name, Heartbeat other, Duration now) {
        Heartbeat.Seen known = last.seen().get(name);
        return known != null && known.offset() == offsets.get(name)
                ? known
                : new Heartbeat.Seen(other.incarnation(), other.seq(), offsets.get(name), now.minusMillis(100));
    }
}
