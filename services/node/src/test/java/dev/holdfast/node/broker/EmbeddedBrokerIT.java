package dev.holdfast.node.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.messaging.ClientSettings;
import dev.holdfast.schemas.TopicCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Three node processes on one cluster, used by all tests in this order because starting them takes a while. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddedBrokerIT {
    private static final String TOPIC = TopicCatalogue.NODE_HEARTBEATS.name();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path root;
    private static ThreeNodes nodes;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        nodes = new ThreeNodes(root);
        nodes.startAll();
        admin = nodes.admin();
    }

    @AfterAll
    static void stop() {
        admin.close();
        nodes.close();
    }

    @Test
    @Order(1)
    void everyTopicIsMadeOnceAndFoundAsWantedAfterwards() throws Exception {
        assertThat(new TopicSetup(admin, 3).prepare(PATIENCE)).isEmpty();
        assertThat(new TopicSetup(admin, 3).prepare(PATIENCE)).isEmpty();
    }

    @Test
    @Order(2)
    void everyRecordIsFlushedAndKeptByTwoInKafkasOwnTopicsToo() throws Exception {
        for (String topic : List.of("__consumer_offsets", "__transaction_state", TOPIC)) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            assertThat(config.get("flush.messages").value()).as(topic).isEqualTo("1");
            assertThat(config.get("min.insync.replicas").value()).as(topic).isEqualTo("2");
            assertThat(config.get("unclean.leader.election.enable").value()).as(topic).isEqualTo("false");
            assertThat(nodes.partition(admin, topic).replicas()).as(topic).hasSize(3);
        }
    }

    @Test
    @Order(3)
    void aTopicThatNobodyMadeIsNotMadeByUsingIt() {
        Map<String, Object> settings = new ClientSettings(nodes.bootstrap(), "test").producer("stray", Duration.ofSeconds(3));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            assertThat(producer.send(new ProducerRecord<>("stray", new byte[1])))
                    .failsWithin(PATIENCE).withThrowableOfType(ExecutionException.class);
        }
    }

    @Test
    @Order(4)
    void aKilledLeaderLosesNothingAndRejoinsOnItsExistingData() throws Exception {
        nodes.lead(admin, TOPIC, "b");
        RecordMetadata before = send();
        nodes.kill("b");
        nodes.await(admin, TOPIC, partition -> partition.leader() != null && partition.leader().id() != 2);
        RecordMetadata after = send();
        nodes.start("b");

        nodes.awaitFullIsr(admin, TOPIC);
        assertThat(after.offset()).isGreaterThan(before.offset());
    }

    @Test
    @Order(5)
    void aSilencedLeaderIsReplacedAndRejoinsOnceHealed() throws Exception {
        nodes.lead(admin, TOPIC, "c");
        nodes.links.silence("c");
        nodes.await(admin, TOPIC, partition -> partition.leader() != null && partition.leader().id() != 3);
        nodes.links.healAll();

        nodes.awaitFullIsr(admin, TOPIC);
    }

    @Test
    @Order(6)
    void aNodeStopsInAnOrderlyWayWhenAsked() throws Exception {
        Process process = nodes.running.get("a");
        process.destroy();

        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(nodes.processes.output("a")).content().endsWith("node a stopped\n");
        nodes.start("a");
        nodes.awaitFullIsr(admin, TOPIC);
    }

    @Test
    @Order(7)
    void aNodeOnAnotherNodesStorageEndsWithOneClearLine() throws Exception {
        nodes.kill("a");
        Path kafka = nodes.folder.node("a").kafka();
        Files.move(kafka, kafka.resolveSibling("aside"));
        Files.createDirectory(kafka);
        nodes.start("a");

        assertThat(nodes.running.get("a").waitFor()).isEqualTo(1);
        assertThat(nodes.processes.output("a")).content().contains("node cannot start: ").hasLineCount(1);
    }

    private static RecordMetadata send() throws Exception {
        Map<String, Object> settings = new ClientSettings(nodes.bootstrap(), "test").producer("it", Duration.ofSeconds(30));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            return producer.send(new ProducerRecord<>(TOPIC, new byte[10])).get();
        }
    }
}
