package dev.holdfast.quorum.topology;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.decide.Stage;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.ValueCodec;
import dev.holdfast.encoding.input.InputReader;
import dev.holdfast.encoding.journal.CheckpointPlan;
import dev.holdfast.encoding.journal.EntityCodec;
import dev.holdfast.messaging.RecordEncoder;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds the topology: what {@code describe()} prints is the order in which Holdfast decides. */
public final class QuorumTopology {

    /** Name of the processor that numbers the inputs. */
    public static final String JOURNAL_ORDER = "journal-order";

    /** Names of the processors of {@link DecisionMaker#STAGES}, in the same order. */
    public static final List<String> STAGES = List.of("liveness", "quorum", "fencing", "placement");

    /** Name of the processor that writes down what the stages made of an input. */
    public static final String JOURNAL = "journal";

    /** Name of the state store. */
    public static final String STORE = "state";

    private static final int MIB = 1024 * 1024;

    private QuorumTopology() {}

    /**
     * A new topology; each Kafka Streams client needs one of its own.
     *
     * @param encoder writes in the name of the quorum service of this node
     */
    public static Topology build(Codecs codecs, RecordEncoder encoder) {
        return build(codecs, encoder, CheckpointPlan.HOURLY);
    }

    static Topology build(Codecs codecs, RecordEncoder encoder, CheckpointPlan checkpoints) {
        Topology topology = new Topology();
        for (Topic topic : TopicCatalogue.INPUTS) {
            topology.addSource(resetOf(topic), readName(topic), new ByteArrayDeserializer(),
                    new ByteArrayDeserializer(), topic.name());
        }
        EntityCodec entities = new EntityCodec(codecs);
        InputReader reader = new InputReader(codecs);
        String[] sources = TopicCatalogue.INPUTS.stream().map(QuorumTopology::readName).toArray(String[]::new);
        topology.addProcessor(JOURNAL_ORDER, () -> new JournalOrder(reader, entities, checkpoints), sources);
        topology.addStateStore(store(), JOURNAL_ORDER);
        ValueCodec journal = codecs.of(TopicCatalogue.AUDIT_JOURNAL);
        topology.addProcessor(JOURNAL, () -> new Journalling(journal, entities), addStages(topology));
        publish(topology, TopicCatalogue.AUDIT_JOURNAL, () -> new JournalPublisher(encoder));
        for (Output output : Output.ALL) {
            publish(topology, output.topic(), () -> new Publisher(output, encoder));
        }
        return topology;
    }

    private static void publish(
            Topology topology, Topic topic, ProcessorSupplier<String, Step, byte[], byte[]> publisher) {
        topology.addProcessor("publish-" + topic, publisher, JOURNAL);
        topology.addSink("write-" + topic, topic.name(), new ByteArraySerializer(), new ByteArraySerializer(),
                "publish-" + topic);
    }

    private static String addStages(Topology topology) {
        String parent = JOURNAL_ORDER;
        for (int i = 0; i < STAGES.size(); i++) {
            Stage stage = DecisionMaker.STAGES.get(i);
            topology.addProcessor(STAGES.get(i), () -> new StageProcessor(stage), parent);
            parent = STAGES.get(i);
        }
        return parent;
    }

    private static String readName(Topic topic) {
        return "read-" + topic;
    }

    /** R10: where to go on reading the protocol log is never decided silently; see {@code LogPosition}. */
    private static AutoOffsetReset resetOf(Topic topic) {
        return topic.equals(TopicCatalogue.NODE_HEARTBEATS) ? AutoOffsetReset.none() : AutoOffsetReset.earliest();
    }

    /**
     * In memory, since the changelog is the truth and small. Cached, so that between two commits an entity is written
     * once.
     */
    private static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(changelog())
                .withCachingEnabled();
    }

    /** As every topic of ours, but with small segments, so that compaction keeps a cold restore short. */
    private static Map<String, String> changelog() {
        Map<String, String> settings = new HashMap<>();
        settings.put("cleanup.policy", "compact");
        settings.put("min.insync.replicas", "2");
        settings.put("unclean.leader.election.enable", "false");
        settings.put("flush.messages", "1");
        settings.put("segment.bytes", String.valueOf(4 * MIB));
        settings.put("min.cleanable.dirty.ratio", "0.2");
        settings.put("max.message.bytes", String.valueOf(MIB));
        return settings;
    }
}
