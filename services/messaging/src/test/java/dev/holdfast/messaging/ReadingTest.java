package dev.holdfast.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.encoding.CloudEvent;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.DeadLetter;
import dev.holdfast.encoding.Decoded;
import dev.holdfast.encoding.Origin;
import dev.holdfast.encoding.Received;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What stands on a topic is a value, whatever it is. */
class ReadingTest {

    private static final Codecs CODECS = Codecs.derivingIds();
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Topic BEATS = TopicCatalogue.NODE_HEARTBEATS;

    private final RecordDecoder decoder = new RecordDecoder(CODECS);
    private final RecordEncoder encoder =
            new RecordEncoder(CODECS, new Source("demo", "a", "heartbeat"), InstantSource.fixed(NOON), () -> "id-1");

    private static Heartbeat beat() {
        return new Heartbeat(
                "a", "topic", new Incarnation(2, 1), "boot", 7,
                Map.of("b", new Heartbeat.Seen(new Incarnation(1, 1), 4, 3, Duration.ofNanos(5))), 6, 41, Duration.ofNanos(1_234_567), Duration.ofSeconds(7), Duration.ofSeconds(3), "process", 1,
                Map.of("db", 4L), null);
    }

    private Received decode(Topic topic, byte[] key, byte[] value) {
        return decoder.decode(new Origin(topic.name(), 0, 42, NOON), key, value, new RecordHeaders());
    }

    private static Received.Undecodable undecodable(Received received) {
        assertThat(received).isInstanceOf(Received.Undecodable.class);
        return (Received.Undecodable) received;
    }

    @Test
    void aRecordIsReadAsItWasWrittenWithItsSummaryAndItsHeaders() {
        ProducerRecord<byte[], byte[]> record = encoder.record(BEATS, "a", beat());
        Received received = decoder.decode(
                new Origin(BEATS.name(), 0, 42, NOON), record.key(), record.value(), record.headers());
        assertThat(received).isEqualTo(new Received.Message(
                new Origin("node.heartbeats", 0, 42, NOON), "a", "a/2.1 beat 7 running [db]", beat(),
                Optional.of(new CloudEvent(
                        "id-1", "dev.holdfast.Heartbeat", "/holdfast/demo/a/heartbeat", NOON, "a"))));
    }

    @Test
    void headersAreCloudEventsInBinaryMode() {
        Headers headers = encoder.headers("a", beat());
        assertThat(headers.toArray()).extracting(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .containsExactly(
                        "ce_specversion=1.0", "ce_id=id-1", "ce_type=dev.holdfast.Heartbeat",
                        "ce_source=/holdfast/demo/a/heartbeat", "ce_time=2026-11-23T12:00:00Z", "ce_subject=a",
                        "content-type=application/avro");
    }

    @Test
    void aRecordWithoutOurHeadersIsNoLessValid() {
        Received received = decode(BEATS, "a".getBytes(StandardCharsets.UTF_8), encoder.value(BEATS, beat()));
        assertThat(((Received.Message) received).event()).isEmpty();
    }

    @Test
    void aValueBeginsWithZeroAndItsSchemaId() {
        byte[] value = encoder.value(BEATS, beat());
        assertThat(value[0]).isZero();
        assertThat(ByteBuffer.wrap(value).getInt(1)).isGreaterThanOrEqualTo(1 << 30);
    }

    @Test
    void aSummaryIsOneLineOfBoundedLength() {
        String tall = "off\n".repeat(1_000);
        byte[] value = encoder.value(
                TopicCatalogue.FENCE_REPORTS, new FenceReport("a", new Incarnation(1, 1), true, "b", tall));
        Decoded.Value decoded = (Decoded.Value) CODECS.of(TopicCatalogue.FENCE_REPORTS).decode(value);
        assertThat(decoded.summary()).hasSizeLessThanOrEqualTo(1_001).doesNotContain("\n");
        assertThat(((FenceReport) decoded.body()).detail()).isEqualTo(tall);
    }

    @Test
    void textIsNoValue() {
        Received.Undecodable found = undecodable(decode(BEATS, null, "hello, world".getBytes(StandardCharsets.UTF_8)));
        assertThat(found.sentence()).isEqualTo(
                "value is 0x68656c6c6f2c20776f726c64: does not begin with 0x00 and a schema id");
    }

    @Test
    void anUnknownSchemaIdIsNamed() {
        byte[] value = encoder.value(BEATS, beat());
        ByteBuffer.wrap(value).putInt(1, 99);
        assertThat(undecodable(decode(BEATS, null, value)).sentence()).isEqualTo(
                "schema id is 99: unknown: written by something else or by a newer release");
    }

    @Test
    void aValueOfAnotherTopicIsNamed() {
        byte[] value = encoder.value(BEATS, beat());
        assertThat(undecodable(decode(TopicCatalogue.FENCE_REPORTS, null, value)).sentence())
                .endsWith("belongs to node.heartbeats-value, not to fence.reports-value");
    }

    @Test
    void aRecordThatTheCoreRefusesIsNamedByItsField() {
        byte[] value = encoder.value(BEATS, beat());
        // The incarnation 2.1 is written as 04 02, right after the topic id.
        int boot = HexFormat.of().formatHex(value).indexOf("0a746f706963" + "0402") / 2 + 6;
        value[boot] = 0;
        Received.Undecodable found = undecodable(decode(BEATS, null, value));
        assertThat(found.field()).isEqualTo("body.incarnation");
        assertThat(found.reason()).contains("boot and k start at 1");
    }

    @Test
    void bytesAfterTheRecordAreRefused() {
        byte[] value = encoder.value(BEATS, beat());
        Received.Undecodable found = undecodable(decode(BEATS, null, Arrays.copyOf(value, value.length + 1)));
        assertThat(found.reason()).isEqualTo("has bytes after the end of the record");
    }

    @Test
    void aKeyThatIsNoTextIsRefused() {
        Received.Undecodable found =
                undecodable(decode(BEATS, new byte[] {(byte) 0xc3, 0x28}, encoder.value(BEATS, beat())));
        assertThat(found.sentence()).isEqualTo("key is 0xc328: is no UTF-8 text");
    }

    @Test
    void aMissingValueIsARemovalOnlyWhereThereAreRemovals() {
        byte[] key = "db".getBytes(StandardCharsets.UTF_8);
        assertThat(decode(TopicCatalogue.GUEST_SPECS, key, null)).isInstanceOf(Received.Removal.class);
        assertThat(undecodable(decode(BEATS, key, null)).sentence())
                .isEqualTo("value: is missing, and this topic has no removals");
    }

    @Test
    void noBytesMakeReadingThrowOrTakeMuchMemory() {
        Random random = new Random(7);
        byte[] valid = encoder.value(BEATS, beat());
        for (int i = 0; i < 50_000; i++) {
            byte[] value = random.nextBoolean() ? mutated(valid, random) : random(valid, random);
            Received received = decode(TopicCatalogue.ALL.get(random.nextInt(14)), null, value);
            assertThat(received.origin().offset()).isEqualTo(42);
        }
    }

    @Test
    void aLengthOfTwoGigabytesIsNotBelieved() {
        byte[] head = Arrays.copyOf(encoder.value(BEATS, beat()), 5);
        byte[] length = {(byte) 0xf6, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        byte[] value = ByteBuffer.allocate(10).put(head).put(length).array();
        assertThat(undecodable(decode(BEATS, null, value)).reason()).startsWith("is no NodeHeartbeatsValue");
    }

    @Test
    void aDeadLetterKeepsTheRecordAsItWas() {
        byte[] raw = {1, 2, 3};
        DeadLetter letter = DeadLetter.of("quorum", undecodable(decode(BEATS, raw, raw)));
        byte[] value = encoder.value(TopicCatalogue.DEAD_LETTERS, letter);
        Decoded.Value back = (Decoded.Value) CODECS.of(TopicCatalogue.DEAD_LETTERS).decode(value);
        assertThat(back.body()).usingRecursiveComparison().isEqualTo(letter);
        assertThat(letter.letterKey()).isEqualTo("node.heartbeats@42");
        assertThat(back.summary()).isEqualTo(
                "node.heartbeats@42 put aside by quorum: value is 0x010203: does not begin with 0x00 and a schema id");
    }

    private static byte[] mutated(byte[] valid, Random random) {
        byte[] value = Arrays.copyOf(valid, 5 + random.nextInt(valid.length));
        for (int i = random.nextInt(4); i >= 0; i--) {
            value[random.nextInt(value.length)] = (byte) random.nextInt(256);
        }
        return value;
    }

    /** Random bytes behind a valid schema id. */
    private static byte[] random(byte[] valid, Random random) {
        byte[] value = new byte[5 + random.nextInt(200)];
        random.nextBytes(value);
        System.arraycopy(valid, 0, value, 0, 5);
        return value;
    }
}
