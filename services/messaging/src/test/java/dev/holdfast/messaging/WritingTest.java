package dev.holdfast.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.encoding.CloudEvent;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.Received;
import dev.holdfast.encoding.binding.BindingException;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Writers and readers over Kafka's own in-memory clients. */
class WritingTest {

    private static final Topic REPORTS = TopicCatalogue.FENCE_REPORTS;
    private static final FenceReport OFF = new FenceReport("a", new Incarnation(1, 1), true, "b", "off");

    private final Codecs codecs = Codecs.derivingIds();
    private final RecordEncoder encoder =
            new RecordEncoder(codecs, new Source("demo", "b", "recovery"), InstantSource.fixed(Instant.EPOCH));
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void whatAWriterSendsAReaderReads() {
        new TopicWriter<FenceReport>(REPORTS, producer, encoder).send("a", OFF);
        List<Received> received = readBack(producer.history());
        assertThat(received).singleElement().isInstanceOfSatisfying(Received.Message.class, message -> {
            assertThat(message.key()).isEqualTo("a");
            assertThat(message.body()).isEqualTo(OFF);
            assertThat(message.event()).map(CloudEvent::source).contains("/holdfast/demo/b/recovery");
        });
    }

    @Test
    void everyRecordHasAnEventIdOfItsOwn() {
        TopicWriter<FenceReport> writer = new TopicWriter<>(REPORTS, producer, encoder);
        writer.send("a", OFF);
        writer.send("a", OFF);
        assertThat(producer.history()).extracting(record ->
                        CloudEvent.from(name -> record.headers().lastHeader(name).value()).orElseThrow().id())
                .doesNotHaveDuplicates();
    }

    @Test
    void aReaderGoesOnAfterARecordItCannotReadAndPutsItAside() {
        new TopicWriter<FenceReport>(REPORTS, producer, encoder).send("a", OFF);
        ProducerRecord<byte[], byte[]> foreign =
                new ProducerRecord<>(REPORTS.name(), 0, null, "{}".getBytes(StandardCharsets.UTF_8));
        List<Received> received = readBack(List.of(foreign, producer.history().getFirst()));
        assertThat(received).hasExactlyElementsOfTypes(Received.Undecodable.class, Received.Message.class);
        new DeadLetters("recovery", producer, encoder).put((Received.Undecodable) received.getFirst());
        ProducerRecord<byte[], byte[]> letter = producer.history().getLast();
        assertThat(letter.topic()).isEqualTo("dead.letters");
        assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("fence.reports@0");
    }

    @Test
    void nothingIsRemovedFromATopicWithoutRemovals() {
        assertThatThrownBy(() -> new TopicWriter<FenceReport>(REPORTS, producer, encoder).remove("a"))
                .hasMessage("topic fence.reports has no removals; key a");
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aRecordThatTheTopicDoesNotCarryIsNotSent() {
        assertThatThrownBy(() -> new TopicWriter<FenceReport>(TopicCatalogue.GUEST_REPORTS, producer, encoder).send("a", OFF))
                .isInstanceOf(BindingException.class);
        assertThat(producer.history()).isEmpty();
    }

    private List<Received> readBack(List<ProducerRecord<byte[], byte[]>> records) {
        TopicPartition partition = new TopicPartition(REPORTS.name(), 0);
        try (MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none")) {
            consumer.assign(List.of(partition));
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            consumer.seek(partition, 0);
            for (int i = 0; i < records.size(); i++) {
                ProducerRecord<byte[], byte[]> record = records.get(i);
                consumer.addRecord(new ConsumerRecord<>(
                        REPORTS.name(), 0, i, 0L, TimestampType.CREATE_TIME, 0, 0, record.key(), record.value(),
                        record.headers(), Optional.empty()));
            }
            return new TopicReader(consumer, new RecordDecoder(codecs)).poll(Duration.ZERO);
        }
    }
}
