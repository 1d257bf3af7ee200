package dev.holdfast.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.encoding.binding.BindingException;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Holds the records of the core and the schemas together: neither can change without the other. */
class RecordsAndSchemasTest {

    static final java.util.List<Topic> TOPICS = TopicCatalogue.ALL;

    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.load();
    private static final Codecs CODECS = new Codecs(SchemaIds.derived(CATALOGUE));
    private static final int SAMPLES = 300;

    @ParameterizedTest
    @FieldSource("TOPICS")
    void everyRecordOfATopicComesBackAsItWas(Topic topic) {
        ValueCodec codec = CODECS.of(topic);
        for (Schema branch : bodyOf(topic).getTypes()) {
            Class<?> type = typeFor(branch);
            for (int seed = 0; seed < SAMPLES; seed++) {
                Record one = new Samples(seed).record(type, branch);
                Decoded back = codec.decode(codec.encode(one));
                assertThat(back).as("seed %d of %s", seed, branch.getName()).isInstanceOf(Decoded.Value.class);
                assertThat(((Decoded.Value) back).body()).usingRecursiveComparison().isEqualTo(one);
            }
        }
    }

    @Test
    void everyRecordThatCanBeSentHasATopic() {
        Set<Class<?>> carried = new HashSet<>();
        TOPICS.forEach(topic -> bodyOf(topic).getTypes().forEach(branch -> carried.add(typeFor(branch))));
        assertThat(RecordTypes.ALL).allSatisfy(type -> assertThat(carried).contains(type));
    }

    @Test
    void aRecordOnTheWrongTopicIsRefusedBeforeItIsSent() {
        FenceReport report = new FenceReport("a", new Incarnation(1, 1), true, "b", "off");
        assertThatThrownBy(() -> CODECS.of(TopicCatalogue.GUEST_REPORTS).encode(report))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("FenceReport is none of");
    }

    private static Schema bodyOf(Topic topic) {
        return CATALOGUE.current(topic).getField("body").schema();
    }

    private static Class<?> typeFor(Schema branch) {
        return RecordTypes.ALL.stream()
                .filter(type -> type.getSimpleName().equals(branch.getName()))
                .reduce((a, b) -> {
                    throw new AssertionError(a + " and " + b + " have one name");
                })
                .orElseThrow(() -> new AssertionError("no record for " + branch.getName()));
    }
}
