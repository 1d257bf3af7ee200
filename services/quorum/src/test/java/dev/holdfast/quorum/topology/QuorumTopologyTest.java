package dev.holdfast.quorum.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.audit.replay.Replay;
import dev.holdfast.audit.replay.ReplayResult;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.GuestEvent;
import dev.holdfast.core.event.JournalEntry;
import dev.holdfast.core.event.NodeEvent;
import dev.holdfast.core.event.Rule;
import dev.holdfast.core.message.GuestReport;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.core.state.ClusterView;
import dev.holdfast.core.state.GuestPhase;
import dev.holdfast.core.state.GuestState;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.DeadLetter;
import dev.holdfast.encoding.SchemaIds;
import dev.holdfast.encoding.journal.Chain;
import dev.holdfast.encoding.journal.EntityCodec;
import dev.holdfast.messaging.RecordEncoder;
import dev.holdfast.messaging.Source;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class QuorumTopologyTest {

    @Test
    void theOrderOfDecidingCanBeReadOffTheTopology() {
        Codecs codecs = Codecs.derivingIds();
        RecordEncoder encoder = new RecordEncoder(codecs, new Source("test", "a", "quorum"), InstantSource.system());

        TopologyDescription description = QuorumTopology.build(codecs, encoder).describe();

        assertThat(description.subtopologies()).as("one partition each, so one task").hasSize(1);
        String text = description.toString().replaceAll("\\s+", " ");
        assertThat(text)
                .contains("Processor: journal-order (stores: [state]) --> liveness")
                .contains("Processor: liveness (stores: []) --> quorum <-- journal-order")
                .contains("Processor: quorum (stores: []) --> fencing <-- liveness")
                .contains("Processor: fencing (stores: []) --> placement <-- quorum")
                .contains("Processor: publish-audit.journal (stores: []) --> write-audit.journal <-- journal")
                .contains("Source: read-node.heartbeats (topics: [node.heartbeats]) --> journal-order")
                .contains("Sink: write-cluster.events (topic: cluster.events) <-- publish-cluster.events");
        assertThat(description.globalStores()).isEmpty();
    }

    @Test
    void aGuestComesBackOnAnotherNodeAfterItsNodeIsFenced() {
        try (PlayedCluster cluster = PlayedCluster.started()) {
            cluster.failover();

            assertThat(cluster.events()).containsSubsequence(
                    "GuestDeclared", "StartGuest", "StartConfirmed", "GuestAnswering", "NodeSuspected", "NodeFenced",
                    "RunnerDischarged", "PromoteReplica", "PromotionCompleted", "StartGuest", "StartConfirmed",
                    "GuestRecovered");
            assertThat(cluster.last(NodeEvent.NodeFenced.class).node()).isEqualTo("a");
            assertThat(cluster.last(GuestEvent.StartGuest.class).node()).isIn("b", "c");
        }
    }

    @Test
    void everyOrderStandsOnItsCommandTopicUnderTheGuestsName() {
        try (PlayedCluster cluster = PlayedCluster.started()) {
            cluster.failover();

            List<GuestEvent.StartGuest> starts =
                    cluster.bodies(TopicCatalogue.GUEST_COMMANDS, GuestEvent.StartGuest.class);
            assertThat(starts).hasSize(2);
            assertThat(cluster.bodies(TopicCatalogue.REPLICA_COMMANDS, GuestEvent.PromoteReplica.class)).hasSize(1);
            assertThat(cluster.written(TopicCatalogue.GUEST_COMMANDS))
                    .allSatisfy(record -> assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("db"));
        }
    }

    @Test
    void everyDecisionHasACauseAndANumberWithoutAGap() {
        try (PlayedCluster cluster = PlayedCluster.started()) {
            cluster.failover();

            List<Decision> decisions = cluster.decisions();
            assertThat(decisions).extracting(Decision::sequence)
                    .isEqualTo(LongStream.rangeClosed(1, decisions.size()).boxed().toList());
            assertThat(decisions).allSatisfy(decision -> {
                assertThat(decision.cause().rule()).isNotNull();
                assertThat(decision.cause().input()).isNotNull();
            });
            assertThat(decisions).filteredOn(decision -> decision.event() instanceof NodeEvent.NodeFenced)
                    .allSatisfy(fenced -> {
                        assertThat(fenced.cause().rule()).isEqualTo(Rule.R6_SILENCE);
                        assertThat(fenced.cause().evidence()).hasSize(2);
                    });
        }
    }

    @Test
    void everyRecordWrittenCarriesCloudEventsHeaders() {
        try (PlayedCluster cluster = PlayedCluster.started()) {
            for (TestRecord<byte[], byte[]> record : cluster.written(TopicCatalogue.CLUSTER_EVENTS)) {
                assertThat(record.headers()).extracting(Header::key)
                        .contains("ce_id", "ce_type", "ce_source", "ce_time", "ce_subject", "ce_specversion");
            }
        }
    }

    @Test
    void aBeatIsJournalledWithoutItsHeadersAndEverythingElseWithThem() {
        try (PlayedCluster cluster = PlayedCluster.started()) {
            assertThat(cluster.consumed()).isNotEmpty().allSatisfy(record -> {
                boolean beat = record.at().topic().equals(TopicCatalogue.NODE_HEARTBEATS.name());
                assertThat(record.headers().isEmpty()).as("%s", record.at()).isEqualTo(beat);
                assertThat(record.recordedAt()).isEqualTo(PlayedCluster.NOW);
            });
        }
    }

    @Test
    void theNumberOfAnEntryIsTheIdOfItsEvent() {
        try (PlayedCluster cluster = PlayedCluster.started()) {
            assertThat(cluster.written(TopicCatalogue.AUDIT_JOURNAL))
                    .extracting(record -> new String(
                            record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                    .isEqualTo(cluster.journal().stream().map(entry -> String.valueOf(entry.entry())).toList());
        }
    }

    @Test
    void theJournalHoldsEveryInputAndEveryDecisionInOneGaplessOrder() {
        try (PlayedCluster cluster = PlayedCluster.started()) {
            cluster.failover();

            List<JournalEntry> journal = cluster.journal();
            assertThat(journal).extracting(JournalEntry::entry)
                    .isEqualTo(LongStream.rangeClosed(1, journal.size()).boxed().toList());
            List<Decision> journalled = journal.stream()
                    .filter(JournalEntry.JournalDecision.class::isInstance)
                    .map(entry -> ((JournalEntry.JournalDecision) entry).decision())
                    .toList();
            assertThat(journalled).isEqualTo(cluster.decisions());
        }
    }

    @Test
    void theJournalReplaysToTheSameDecisions() {
        try (PlayedCluster cluster = PlayedCluster.started()) {
            cluster.failover();

            ReplayResult result = new Replay(cluster.codecs()).run(cluster.journalValues().iterator());

            assertThat(result.firstMismatch()).isEmpty();
            assertThat(result.faults()).isEmpty();
            assertThat(result.isSound()).isTrue();
            assertThat(result.decisions()).isEqualTo(cluster.decisions().size());
        }
    }

    @Test
    void garbageOnEveryTopicChangesNothingAndIsPutAsideWithItsOrigin() {
        try (PlayedCluster cluster = PlayedCluster.started()) {
            List<String> before = cluster.events();
            for (Topic topic : TopicCatalogue.INPUTS) {
                cluster.sendRaw(topic, null, new byte[0]);
                cluster.sendRaw(topic, bytes("x"), bytes("not avro at all"));
                cluster.sendRaw(topic, new byte[] {(byte) 0xff, (byte) 0xfe}, bytes("key is no text"));
                cluster.sendRaw(topic, bytes("x"), truncated(cluster, topic));
            }
            int sent = 4 * TopicCatalogue.INPUTS.size();

            List<DeadLetter> letters = cluster.bodies(TopicCatalogue.DEAD_LETTERS, DeadLetter.class);
            assertThat(letters).hasSize(sent);
            assertThat(letters).allSatisfy(letter -> {
                assertThat(letter.reason()).isNotBlank();
                assertThat(letter.topic()).isNotBlank();
                assertThat(letter.by()).isEqualTo("quorum");
            });
            assertThat(letters).extracting(DeadLetter::letterKey).contains("guest.specs@0", "operator.commands@3");
            assertThat(cluster.events().subList(before.size(), cluster.events().size()))
                    .containsOnly("RecordRefused").hasSize(sent);

            cluster.failover();
            assertThat(cluster.events()).contains("GuestRecovered").doesNotContain("ClusterFrozen");
            assertThat(new Replay(cluster.codecs()).run(cluster.journalValues().iterator()).isSound()).isTrue();
        }
    }

    @Test
    void theStateInTheStoreIsTheWholeState() {
        try (PlayedCluster cluster = PlayedCluster.started()) {
            cluster.failover();

            EntityStore.Stored stored = new EntityStore(
                    cluster.driver.getKeyValueStore(QuorumTopology.STORE), new EntityCodec(cluster.codecs())).load();

            ClusterState folded = Folded.of(cluster.journal(), cluster.codecs());
            assertThat(stored.state()).isEqualTo(folded);
            assertThat(stored.head().entries()).isEqualTo(cluster.journal().size());
            assertThat(stored.head().chain()).isEqualTo(Chain.text(Chain.of(cluster.journalValues().getLast())));
        }
    }

    @Test
    void theViewFollowsDecisionsAndForgetsRemovedGuests() {
        try (PlayedCluster cluster = PlayedCluster.started()) {
            cluster.declare("db");
            assertThat(cluster.bodies(TopicCatalogue.CLUSTER_STATE, GuestState.class).getLast().phase())
                    .isInstanceOf(GuestPhase.Starting.class);
            assertThat(cluster.bodies(TopicCatalogue.CLUSTER_STATE, ClusterView.class).getLast().settings().version())
                    .isEqualTo(1);
            int written = cluster.written(TopicCatalogue.CLUSTER_STATE).size();

            cluster.beatFor(Duration.ofSeconds(1));
            assertThat(cluster.written(TopicCatalogue.CLUSTER_STATE)).as("beats alone decide nothing").hasSize(written);

            GuestEvent.StartGuest order = cluster.last(GuestEvent.StartGuest.class);
            cluster.sendRaw(TopicCatalogue.GUEST_SPECS, bytes("db"), null);
            cluster.send(TopicCatalogue.GUEST_REPORTS, "db", new GuestReport.StartFailed(
                    "db", order.epoch(), order.node(), order.incarnation(), Duration.ofSeconds(200), true, false, "test"));
            TestRecord<byte[], byte[]> tombstone = cluster.written(TopicCatalogue.CLUSTER_STATE).getLast();
            assertThat(tombstone.value()).isNull();
            assertThat(new String(tombstone.key(), StandardCharsets.UTF_8)).isEqualTo("guest/db");
        }
    }

    private static byte[] truncated(PlayedCluster cluster, Topic topic) {
        int id = SchemaIds.derived(SchemaCatalogue.load()).idFor(topic);
        return ByteBuffer.allocate(7).put((byte) 0).putInt(id).put((byte) 4).put((byte) 'a').array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
