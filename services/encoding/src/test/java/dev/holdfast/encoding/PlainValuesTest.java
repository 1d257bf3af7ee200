package dev.holdfast.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.encoding.binding.AvroBytes;
import dev.holdfast.encoding.binding.Binding;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is read straight from the bytes is what Avro's own decoder reads there, or is left to it. */
class PlainValuesTest {

    static final List<Topic> TOPICS = TopicCatalogue.ALL;

    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.load();
    private static final Codecs CODECS = new Codecs(SchemaIds.derived(CATALOGUE));
    private static final Map<Topic, Binding<Record>> BINDINGS = new HashMap<>();
    private static final int HEAD = 5;
    private static final int BODY = 1;
    private static final int SAMPLES = 3;
    private static final int MOST_FLIPPED = 1_500;

    @ParameterizedTest
    @FieldSource("TOPICS")
    void everyRecordIsReadWithoutAvrosOwnDecoder(Topic topic) {
        forEachSample(topic, value -> assertThat(plain(topic, value)).as("of %s", topic).isNotNull());
    }

    @ParameterizedTest
    @FieldSource("TOPICS")
    void withAnyBitFlippedItReadsWhatAvroReadsOrNothing(Topic topic) {
        forEachSample(topic, value -> {
            for (int bit = HEAD * 8; bit < Math.min(value.length * 8, MOST_FLIPPED); bit++) {
                value[bit / 8] ^= (byte) (1 << bit % 8);
                agree(topic, value, "bit " + bit);
                value[bit / 8] ^= (byte) (1 << bit % 8);
            }
        });
    }

    @ParameterizedTest
    @FieldSource("TOPICS")
    void cutOffAnywhereItIsNotRead(Topic topic) {
        forEachSample(topic, value -> {
            for (int length = HEAD; length < value.length; length++) {
                agree(topic, Arrays.copyOf(value, length), length + " bytes");
            }
        });
    }

    private static void agree(Topic topic, byte[] value, String what) {
        Record plain = plain(topic, value);
        if (plain != null) {
            assertThat(plain).as("%s of %s", what, topic).usingRecursiveComparison().isEqualTo(avros(topic, value));
        }
    }

    private interface Check {
        void of(byte[] value);
    }

    private static void forEachSample(Topic topic, Check check) {
        for (Schema branch : bodyOf(topic).getTypes()) {
            for (int seed = 0; seed < SAMPLES; seed++) {
                check.of(CODECS.of(topic).encode(new Samples(seed).record(typeFor(branch), branch)));
            }
        }
    }

    private static Record plain(Topic topic, byte[] value) {
        try {
            AvroBytes in = new AvroBytes(value, HEAD);
            in.readString();
            Record body = binding(topic).read(in);
            return in.left() == tail(topic) ? body : null;
        } catch (RuntimeException givenUp) {
            return null;
        }
    }

    /** As it was always read: by Avro into generic records, and from these. */
    private static Record avros(Topic topic, byte[] value) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, HEAD, value.length - HEAD, null);
        try {
            IndexedRecord read = new GenericDatumReader<IndexedRecord>(CATALOGUE.current(topic)).read(null, decoder);
            assertThat(decoder.isEnd()).isTrue();
            return binding(topic).fromAvro(read.get(BODY));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Binding<Record> binding(Topic topic) {
        return BINDINGS.computeIfAbsent(topic, PlainValuesTest::bind);
    }

    private static Binding<Record> bind(Topic topic) {
        return Binding.ofUnion(Record.class, RecordTypes.ALL, bodyOf(topic));
    }

    private static int tail(Topic topic) {
        return topic.chained() ? 32 : 0;
    }

    private static Schema bodyOf(Topic topic) {
        return CATALOGUE.current(topic).getField("body").schema();
    }

    private static Class<?> typeFor(Schema branch) {
        return RecordTypes.ALL.stream()
                .filter(type -> type.getSimpleName().equals(branch.getName()))
                .findFirst()
                .orElseThrow();
    }
}
