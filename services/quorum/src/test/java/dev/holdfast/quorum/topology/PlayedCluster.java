package dev.holdfast.quorum.topology;

import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Event;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.JournalEntry;
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
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.PoolHealth;
import dev.holdfast.core.node.PoolState;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.Decoded;
import dev.holdfast.messaging.RecordEncoder;
import dev.holdfast.messaging.Source;
import dev.holdfast.encoding.input.Consumed;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topology with nodes played by the test: they beat, read each other's beats, and answer orders as real ones do.
 * Time passes only when the story says so.
 */
public final class PlayedCluster implements AutoCloseable {

    static final String LOG_ID = "log-1";
    static final Duration BEAT = Timing.FAST.beat();

    /** What all writers' wall clocks say. */
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Codecs codecs = Codecs.derivingIds();
    final RecordEncoder encoder =
            new RecordEncoder(codecs, new Source("test", "a", "test"), InstantSource.fixed(NOW));
    final TopologyTestDriver driver;
    final Map<String, PlayedNode> nodes = new LinkedHashMap<>();
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new LinkedHashMap<>();
    private final Map<String, List<TestRecord<byte[], byte[]>>> written = new LinkedHashMap<>();
    private Duration now = Duration.ofSeconds(100);
    private long logEnd;

    PlayedCluster() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        settings.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, ConstantTimestamp.class);
        driver = new TopologyTestDriver(QuorumTopology.build(codecs, encoder), settings);
        for (Topic topic : TopicCatalogue.INPUTS) {
            inputs.put(topic.name(), driver.createInputTopic(
                    topic.name(), new ByteArraySerializer(), new ByteArraySerializer()));
        }
        for (String name : List.of("a", "b", "c")) {
            nodes.put(name, new PlayedNode(name));
        }
    }

    /** Settings are in force and three nodes have beaten for two seconds. */
    public static PlayedCluster started() {
        PlayedCluster cluster = new PlayedCluster();
        cluster.send(TopicCatalogue.CLUSTER_SETTINGS, "cluster", new ClusterSettings(
                1, "cluster-1", LOG_ID, List.of("a", "b", "c"), Timing.FAST, ClusterSettings.COLD_START_WAIT,
                ClusterSettings.SUSPECT_ROUNDS, "test", "test"));
        cluster.beatFor(Duration.ofSeconds(2));
        return cluster;
    }

    // ---- what happens

    void beatFor(Duration time) {
        Duration end = now.plus(time);
        while (now.compareTo(end) < 0) {
            now = now.plus(BEAT);
            nodes.values().stream().filter(node -> node.up).forEach(this::beat);
        }
    }

    private void beat(PlayedNode node) {
        Heartbeat beat = node.nextBeat(now);
        long offset = logEnd;
        send(TopicCatalogue.NODE_HEARTBEATS, node.name, beat);
        node.ackedSeq = beat.seq();
        node.acked = offset;
        nodes.values().stream().filter(other -> other != node && other.up)
                .forEach(other -> other.seen.put(node.name, new Heartbeat.Seen(beat.incarnation(), beat.seq(), offset, now)));
    }

    void declare(String guest) {
        GuestSpec spec = new GuestSpec(
                guest, List.of("run"), Map.of(), VolumeKind.DIRECTORY, null, 9000,
                new ProbeSpec.Tcp(ProbeTiming.DEFAULT),
                new RestartPolicy(2, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(30), 1,
                        Duration.ofHours(1)),
                ReplicationPolicy.DEFAULT, null, RequestedState.STARTED, NodeRules.ANY, GuestSpec.DEFAULT_STOP_GRACE);
        send(TopicCatalogue.GUEST_SPECS, guest,
                new GuestSpecChange("11111111-1111-1111-1111-111111111111", "test", "test", Instant.EPOCH, spec));
    }

    /** The guest starts as ordered last, and answers. */
    void startAsOrdered() {
        GuestEvent.StartGuest order = last(GuestEvent.StartGuest.class);
        nodes.get(order.node()).running.put(order.guest(), order.epoch());
        report(order, new GuestReport.GuestStarted(
                order.guest(), order.epoch(), order.node(), order.incarnation(), now, 4711));
        report(order, new GuestReport.GuestHealth(
                order.guest(), order.epoch(), order.node(), order.incarnation(), now, true, "answers"));
    }

    private void report(GuestEvent.StartGuest order, GuestReport report) {
        send(TopicCatalogue.GUEST_REPORTS, order.guest(), (Record) report);
    }

    /** A snapshot of the guest, taken where it was last started, is complete on that node. */
    void replicate(String target) {
        GuestEvent.StartGuest owner = last(GuestEvent.StartGuest.class);
        Snapshot snapshot = new Snapshot("s1", owner.epoch(), 1, now, owner.node(), owner.incarnation());
        send(TopicCatalogue.REPLICA_REPORTS, owner.guest(), new ReplicaReport.Replicated(
                owner.guest(), target, nodes.get(target).incarnation, snapshot, 1000, Duration.ofNanos(5_000_001)));
    }

    void promoteAsOrdered() {
        GuestEvent.PromoteReplica order = last(GuestEvent.PromoteReplica.class);
        send(TopicCatalogue.REPLICA_REPORTS, order.guest(), new ReplicaReport.ReplicaPromoted(
                order.guest(), order.node(), order.incarnation(), order.epoch(), order.minimum()));
    }

    /** The node finds its pool so, from its next beat on. */
    public void poolIs(String node, int usedPercent) {
        nodes.get(node).pool = new PoolHealth(
                "tank", PoolState.ONLINE, 100, usedPercent, 0, Instant.ofEpochSecond(1_790_000_000), "");
    }

    void crash(String node) {
        nodes.get(node).up = false;
    }

    /** A database on a, replicated to b and c; a loses power; the others bring the database back. */
    public void failover() {
        declare("db");
        startAsOrdered();
        replicate("b");
        replicate("c");
        beatFor(Duration.ofSeconds(2));
        crash("a");
        beatFor(Timing.FAST.silenceUntilFenced().plusSeconds(1));
        promoteAsOrdered();
        startAsOrdered();
        beatFor(Duration.ofSeconds(1));
    }

    void send(Topic topic, String key, Record body) {
        ProducerRecord<byte[], byte[]> record = encoder.record(topic, key, body);
        pipe(topic, new TestRecord<>(record.key(), record.value(), record.headers()));
    }

    void sendRaw(Topic topic, byte[] key, byte[] value) {
        pipe(topic, new TestRecord<>(key, value));
    }

    private void pipe(Topic topic, TestRecord<byte[], byte[]> record) {
        if (topic.equals(TopicCatalogue.NODE_HEARTBEATS)) {
            logEnd++;
        }
        inputs.get(topic.name()).pipeInput(record);
    }

    // ---- what came of it

    public Codecs codecs() {
        return codecs;
    }

    /** Everything written to the topic so far. */
    List<TestRecord<byte[], byte[]>> written(Topic topic) {
        List<TestRecord<byte[], byte[]>> records = written.computeIfAbsent(topic.name(), unused -> new ArrayList<>());
        records.addAll(driver.createOutputTopic(
                topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer()).readRecordsToList());
        return records;
    }

    public Record body(Topic topic, byte[] value) {
        return ((Decoded.Value) codecs.of(topic).decode(value)).body();
    }

    <T> List<T> bodies(Topic topic, Class<T> kind) {
        return written(topic).stream()
                .filter(record -> record.value() != null)
                .map(record -> body(topic, record.value()))
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    List<Decision> decisions() {
        return bodies(TopicCatalogue.CLUSTER_EVENTS, Decision.class);
    }

    List<JournalEntry> journal() {
        return bodies(TopicCatalogue.AUDIT_JOURNAL, JournalEntry.class);
    }

    /** Every record consumed so far. */
    public List<Consumed> consumed() {
        return journal().stream()
                .filter(JournalEntry.JournalInput.class::isInstance)
                .map(entry -> Consumed.of((JournalEntry.JournalInput) entry))
                .toList();
    }

    /** The state that the journal folds to. */
    public ClusterState folded() {
        return Folded.of(journal(), codecs);
    }

    public List<byte[]> journalValues() {
        return written(TopicCatalogue.AUDIT_JOURNAL).stream().map(TestRecord::value).toList();
    }

    <E extends Event> E last(Class<E> kind) {
        return decisions().stream().map(Decision::event).filter(kind::isInstance).map(kind::cast).toList().getLast();
    }

    /** Names of the kinds of events so far, in order. */
    List<String> events() {
        return decisions().stream().map(decision -> decision.event().getClass().getSimpleName()).toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
