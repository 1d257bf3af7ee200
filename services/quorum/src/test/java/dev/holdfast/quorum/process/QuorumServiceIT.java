package dev.holdfast.quorum.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.audit.check.Audit;
import dev.holdfast.audit.check.AuditResult;
import dev.holdfast.audit.check.Bounds;
import dev.holdfast.audit.replay.Replay;
import dev.holdfast.audit.replay.ReplayResult;
import dev.holdfast.core.event.ClusterEvent;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.JournalEntry.JournalInput;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.node.Timing;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.Received;
import dev.holdfast.encoding.journal.JournalHead;
import dev.holdfast.messaging.ClientSettings;
import dev.holdfast.messaging.RecordDecoder;
import dev.holdfast.messaging.RecordEncoder;
import dev.holdfast.messaging.Source;
import dev.holdfast.messaging.TopicReader;
import dev.holdfast.quorum.QuorumSettings;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Three quorum services in processes of their own on three real brokers, with nodes that beat. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuorumServiceIT {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration WATCHED = Duration.ofSeconds(30);
    private static final int QUESTIONS = 60;
    private static final int KILLS = Boolean.getBoolean("holdfast.long") ? 100 : 5;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private final Codecs codecs = Codecs.derivingIds();
    private final Map<String, TestProcess> services = new LinkedHashMap<>();
    private final List<BeatingNode> beating = new ArrayList<>();
    private int incarnation;
    private ThreeBrokers brokers;
    private ClientSettings clients;
    private KafkaProducer<byte[], byte[]> producer;
    private RecordEncoder encoder;

    @BeforeAll
    void aClusterBeats() throws Exception {
        brokers = new ThreeBrokers(folder);
        clients = new ClientSettings(brokers.bootstrap(), "test");
        producer = new KafkaProducer<>(clients.producer("test", Duration.ofSeconds(10)));
        encoder = new RecordEncoder(codecs, new Source("test", "test", "cli"), InstantSource.system());
        send(TopicCatalogue.CLUSTER_SETTINGS, "cluster", new ClusterSettings(
                1, "test", brokers.logId(), List.of("a", "b", "c"), Timing.FAST, ClusterSettings.COLD_START_WAIT,
                ClusterSettings.SUSPECT_ROUNDS, "test", "test"));
        for (String node : List.of("a", "b", "c")) {
            startService(node);
        }
        startBeating();
        await("a decision maker", () -> active() != null);
    }

    @AfterAll
    void stop() {
        stopBeating();
        services.values().forEach(TestProcess::close);
        producer.close();
        brokers.close();
    }

    @Test
    void theJournalStaysWholeWhenTheDecisionMakerIsKilledAgainAndAgain() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            answerOf("no-such-guest");
            String victim = active();
            long before = journalEnd();
            services.get(victim).kill();
            await("the journal to grow after kill " + kill, () -> journalEnd() > before + 5);
            startService(victim);
            answerOf("no-such-guest");
            awaitStandbys();
        }
        checkJournal();
    }

    @Test
    void everyQuestionIsAnsweredOnceAndQuickly() throws Exception {
        answerOf("no-such-guest");
        List<Duration> answers = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(clients.reader("answers"))) {
            TopicReader reader = atEnd(consumer, TopicCatalogue.CLUSTER_EVENTS);
            for (int i = 0; i < QUESTIONS; i++) {
                answers.add(answerOf("no-such-guest", UUID.randomUUID().toString(), reader));
                Thread.sleep(50);
            }
        }
        Collections.sort(answers);
        System.out.printf("decision latency over %d commands: p50 %d ms, p99 %d ms, max %d ms%n", QUESTIONS,
                answers.get(QUESTIONS / 2).toMillis(), answers.get(QUESTIONS * 99 / 100).toMillis(),
                answers.getLast().toMillis());
        watchIdle();
        checkJournal();
    }

    /** Last, because the cluster stays frozen for a while. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aLostPositionOnTheHeartbeatLogFreezesTheClusterInsteadOfBeingResetSilently() throws Exception {
        services.values().forEach(service -> assertThat(service.ask("pause")).isEqualTo("true"));
        try (Admin admin = Admin.create(clients.admin("test"))) {
            admin.deleteStreamsGroupOffsets(QuorumSettings.APPLICATION,
                    Set.of(new TopicPartition(TopicCatalogue.NODE_HEARTBEATS.name(), 0))).all().get();
        }
        services.values().forEach(service -> service.ask("resume"));

        await("a freeze", () -> bodies(TopicCatalogue.CLUSTER_EVENTS, Decision.class).stream()
                .anyMatch(decision -> decision.event() instanceof ClusterEvent.ClusterFrozen frozen
                        && frozen.reason().contains("continues at offset 0")));
        assertThat(new Replay(codecs).run(values(TopicCatalogue.AUDIT_JOURNAL).iterator()).isSound()).isTrue();
    }

    /** Prints what beats alone cost. */
    private void watchIdle() throws Exception {
        Map<String, TestProcess> watched = new LinkedHashMap<>(services);
        for (int i = 0; i < 3; i++) {
            watched.put("broker " + (i + 1), brokers.processes().get(i));
        }
        Map<String, Duration> before = new LinkedHashMap<>();
        watched.forEach((name, process) -> before.put(name, process.cpu()));
        long offsetsBefore = end(TopicCatalogue.AUDIT_JOURNAL);
        int entriesBefore = values(TopicCatalogue.AUDIT_JOURNAL).size();
        Thread.sleep(WATCHED);
        long offsets = end(TopicCatalogue.AUDIT_JOURNAL) - offsetsBefore;
        int entries = values(TopicCatalogue.AUDIT_JOURNAL).size() - entriesBefore;
        System.out.printf("idle for %d s: %d journal entries in %d transactions, active on %s%n", WATCHED.toSeconds(),
                entries, offsets - entries, active());
        watched.forEach((name, process) -> System.out.printf("  %s: %.1f %% of a core%n", name,
                100.0 * process.cpu().minus(before.get(name)).toMillis() / WATCHED.toMillis()));
    }

    /** Beats stop, so that the journal can be compared with all that was sent. */
    private void checkJournal() {
        stopBeating();
        long inputs = end(TopicCatalogue.NODE_HEARTBEATS);
        await("everything to be consumed", () -> journalledBeats() == inputs);

        ReplayResult result = new Replay(codecs).run(values(TopicCatalogue.AUDIT_JOURNAL).iterator());

        System.out.println(result);
        assertThat(result.faults()).isEmpty();
        assertThat(result.firstMismatch()).isEmpty();
        AuditResult audit = new Audit(codecs, new Bounds(null, bodies(TopicCatalogue.CLUSTER_STATE, JournalHead.class).getLast()),
                List.of()).run(values(TopicCatalogue.AUDIT_JOURNAL).iterator(), read -> { });
        assertThat(audit.isOk()).as("%s", audit).isTrue();
        List<Decision> decisions = bodies(TopicCatalogue.CLUSTER_EVENTS, Decision.class);
        assertThat(result.decisions()).isEqualTo(decisions.size());
        assertThat(decisions).noneMatch(decision -> decision.event() instanceof ClusterEvent.ClusterFrozen);
        startBeating();
    }

    private void startBeating() {
        incarnation++;
        for (String node : List.of("a", "b", "c")) {
            beating.add(new BeatingNode(node, incarnation, brokers.bootstrap(), brokers.logId(), codecs));
        }
    }

    private void stopBeating() {
        beating.forEach(BeatingNode::close);
        beating.clear();
    }

    @Test
    void theTaskCanBeTakenToANodeOnPurpose() {
        for (String wanted : List.of("b", "c", "a")) {
            List<String> others = services.keySet().stream().filter(node -> !node.equals(wanted)).toList();
            others.forEach(node -> assertThat(services.get(node).ask("pause")).isEqualTo("true"));
            await("the task on " + wanted, () -> wanted.equals(active()));
            others.forEach(node -> services.get(node).ask("resume"));
            awaitStandbys();
            assertThat(active()).isEqualTo(wanted);
        }
    }

    private void startService(String node) {
        services.put(node, new TestProcess(QuorumMain.class, folder.resolve("quorum-" + node + ".log"),
                List.of("-Xmx96m"), brokers.bootstrap(), node, folder.resolve("streams-" + node).toString()));
    }

    private void awaitStandbys() {
        await("one that decides and two that stand by", () -> active() != null && services.values().stream()
                .allMatch(service -> service.ask("status").contains("phase=RUNNING")
                        && service.ask("status").contains("caughtUp=true")));
    }

    /** The node that holds the task; null if none says so. */
    private String active() {
        return services.entrySet().stream()
                .filter(service -> service.getValue().isAlive())
                .filter(service -> service.getValue().ask("status").contains("active=true"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** Asks something that is refused, and waits for the refusal; the time from sending to reading it. */
    private Duration answerOf(String guest) throws Exception {
        String id = UUID.randomUUID().toString();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(clients.reader("answers"))) {
            return answerOf(guest, id, atEnd(consumer, TopicCatalogue.CLUSTER_EVENTS));
        }
    }

    private TopicReader atEnd(KafkaConsumer<byte[], byte[]> consumer, Topic topic) {
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        consumer.position(partition);
        return new TopicReader(consumer, new RecordDecoder(codecs));
    }

    private Duration answerOf(String guest, String id, TopicReader reader) throws Exception {
        long begun = System.nanoTime();
        send(TopicCatalogue.OPERATOR_COMMANDS, guest, new OperatorCommand(
                id, "test", "test", Instant.now(), new OperatorCommand.RequestStart(guest)));
        while (true) {
            for (Received received : reader.poll(Duration.ofMillis(200))) {
                if (received instanceof Received.Message message && message.body() instanceof Decision decision
                        && decision.event() instanceof ClusterEvent.CommandAnswered answered
                        && answered.commandId().equals(id)) {
                    return Duration.ofNanos(System.nanoTime() - begun);
                }
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("waiting for an answer").isLessThan(LONGEST);
        }
    }

    private void send(Topic topic, String key, Record body) throws Exception {
        producer.send(encoder.record(topic, key, body)).get();
    }

    private long journalEnd() {
        return end(TopicCatalogue.AUDIT_JOURNAL);
    }

    private long end(Topic topic) {
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        try (Admin admin = Admin.create(clients.admin("test"))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition).get().offset();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long journalledBeats() {
        return bodies(TopicCatalogue.AUDIT_JOURNAL, JournalInput.class).stream()
                .filter(entry -> entry.at().topic().equals(TopicCatalogue.NODE_HEARTBEATS.name()))
                .count();
    }

    private List<byte[]> values(Topic topic) {
        return read(topic, record -> record.value());
    }

    private <T> List<T> bodies(Topic topic, Class<T> kind) {
        RecordDecoder decoder = new RecordDecoder(codecs);
        return read(topic, decoder::decode).stream()
                .filter(Received.Message.class::isInstance)
                .map(received -> ((Received.Message) received).body())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Everything committed on the topic. */
    private <T> List<T> read(Topic topic, Function<ConsumerRecord<byte[], byte[]>, T> each) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(clients.reader("read"))) {
            TopicPartition partition = new TopicPartition(topic.name(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<T> read = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> read.add(each.apply(record)));
            }
            return read;
        }
    }

    private static void await(String what, BooleanSupplier reached) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
