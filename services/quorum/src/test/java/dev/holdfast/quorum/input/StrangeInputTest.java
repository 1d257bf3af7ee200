package dev.holdfast.encoding.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decide.DecisionMaker;
import dev.holdfast.core.event.Position;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.Input;
import dev.holdfast.core.message.Unreadable;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.core.node.Timing;
import dev.holdfast.core.state.ClusterState;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.SchemaIds;
import dev.holdfast.messaging.RecordEncoder;
import dev.holdfast.messaging.Source;
import dev.holdfast.quorum.topology.PlayedCluster;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Nothing that stands on an input topic may stop the decision maker, and nothing impossible may reach it. */
class StrangeInputTest {

    private final SchemaCatalogue schemas = SchemaCatalogue.load();
    private final SchemaIds ids = SchemaIds.derived(schemas);
    private final Codecs codecs = Codecs.derivingIds();
    private final InputReader reader = new InputReader(codecs);
    private final RecordEncoder encoder =
            new RecordEncoder(codecs, new Source("test", "a", "test"), InstantSource.fixed(Instant.EPOCH));

    /** Records that are well-formed and plausible in all but a field or two: what a faulty node would write. */
    @Test
    void fieldsChangedInRealRecordsNeverStopTheDecisionMaker() throws IOException {
        Mutation mutation = new Mutation(new Random(42));
        int understood = 0;
        try (PlayedCluster cluster = PlayedCluster.started()) {
            cluster.failover();
            ClusterState state = cluster.folded();
            for (int round = 0; round < 10; round++) {
                for (Consumed real : cluster.consumed()) {
                    Topic topic = TopicCatalogue.named(real.at().topic()).orElseThrow();
                    byte[] value = mutation.of(real.value(), schemas.current(topic));
                    Input input = read(topic, real.key(), value, state.nextOffset());
                    understood += input.body() instanceof Unreadable ? 0 : 1;
                    state = DecisionMaker.decide(state, input).state();
                }
            }
        }
        assertThat(understood).as("mutations that are not merely unreadable").isGreaterThan(300);
    }

    @Test
    void bitsFlippedInRealRecordsNeverStopTheDecisionMaker() {
        Random random = new Random(42);
        try (PlayedCluster cluster = PlayedCluster.started()) {
            cluster.failover();
            ClusterState state = cluster.folded();
            for (int round = 0; round < 10; round++) {
                for (Consumed real : cluster.consumed()) {
                    byte[] value = real.value().clone();
                    value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
                    Topic topic = TopicCatalogue.named(real.at().topic()).orElseThrow();
                    state = DecisionMaker.decide(state, read(topic, real.key(), value, state.nextOffset())).state();
                }
            }
        }
    }

    @Test
    void anArrayThatClaimsToBeEndlessIsUnreadableAndTakesNoMemory() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(5).put((byte) 0)
                .putInt(ids.idFor(TopicCatalogue.CLUSTER_SETTINGS)).array());
        BinaryEncoder avro = EncoderFactory.get().directBinaryEncoder(out, null);
        avro.writeString("summary");
        avro.writeLong(1);
        avro.writeString("cluster-1");
        avro.writeString("log-1");
        avro.writeLong(2_000_000_000L);
        avro.flush();

        assertThat(read(TopicCatalogue.CLUSTER_SETTINGS, bytes("cluster"), out.toByteArray(), 0).body())
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void aRecordUnderAnotherEntitysKeyIsUnreadable() {
        assertThat(readBeat("b", Duration.ofSeconds(1)).body().summary())
                .isEqualTo("unreadable: key is 'b': but the record is about 'a'");
    }

    @Test
    void aClockThatCannotBeIsUnreadable() {
        assertThat(readBeat("a", Duration.ofSeconds(-1)).body().summary()).contains("sentAt is PT-1S");
        assertThat(readBeat("a", Duration.ofDays(50_000)).body().summary()).contains("from 0 s to 100 years");
        assertThat(readBeat("a", Duration.ofSeconds(1)).body()).isInstanceOf(Heartbeat.class);
    }

    private Input readBeat(String key, Duration sentAt) {
        Heartbeat beat = new Heartbeat(
                "a", "log-1", new Incarnation(1, 1), "boot", 1, Map.of(), 0, -1, sentAt, Timing.FAST.lease(),
                Timing.FAST.wd(), "process", 1, Map.of(), null);
        return read(TopicCatalogue.NODE_HEARTBEATS, bytes(key), encoder.value(TopicCatalogue.NODE_HEARTBEATS, beat), 0);
    }

    private Input read(Topic topic, byte[] key, byte[] value, long offset) {
        return reader.read(new Consumed(new Position(topic.name(), offset), Instant.EPOCH, key, value, Map.of()))
                .input();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
