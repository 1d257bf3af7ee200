package dev.holdfast.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class SchemasTest {

    private static final Path FILES = Path.of("src/main/avro");

    private final SchemaCatalogue catalogue = SchemaCatalogue.load();

    @Test
    void everyRecordEnumAndFieldIsDocumented() {
        for (Schema schema : namedTypes()) {
            assertThat(schema.getDoc()).as("doc of %s", schema.getName()).isNotBlank();
            if (schema.getType() == Schema.Type.RECORD) {
                schema.getFields().forEach(field -> assertThat(field.doc())
                        .as("doc of %s.%s", schema.getName(), field.name())
                        .isNotBlank());
            }
        }
    }

    @Test
    void everySymbolOfAnEnumIsExplained() {
        namedTypes().stream().filter(schema -> schema.getType() == Schema.Type.ENUM).forEach(schema ->
                schema.getEnumSymbols().forEach(symbol ->
                        assertThat(schema.getDoc()).as("doc of %s", schema.getName()).contains(symbol + ":")));
    }

    @Test
    void everyFieldThatCanBeNullSaysWhatNullMeansAndDefaultsToIt() {
        records().forEach(schema -> schema.getFields().stream()
                .filter(field -> field.schema().isNullable())
                .forEach(field -> {
                    assertThat(field.doc()).as("doc of %s.%s", schema.getName(), field.name()).contains("Null:");
                    assertThat(field.hasDefaultValue()).as("%s.%s", schema.getName(), field.name()).isTrue();
                }));
    }

    @Test
    void everyDurationNamesItsUnitInItsDoc() {
        records().forEach(schema -> schema.getFields().forEach(field -> {
            String name = schema.getName() + "." + field.name();
            if (field.name().endsWith("Ms")) {
                assertThat(field.doc()).as(name).contains("millisecond");
            }
            if (field.name().endsWith("Ns")) {
                assertThat(field.doc()).as(name).contains("nanosecond");
            }
        }));
    }

    @Test
    void everyValueBeginsWithItsSummaryAndAChainedOneEndsInItsHash() {
        for (Topic topic : TopicCatalogue.ALL) {
            assertThat(catalogue.current(topic).getFields()).extracting(Schema.Field::name)
                    .containsExactly(topic.chained()
                            ? new String[] {"summary", "body", "chain"}
                            : new String[] {"summary", "body"});
        }
    }

    @Test
    void everyFileIsReachedFromATopic() throws IOException {
        Set<String> reached = namedTypes().stream().map(Schema::getName).collect(Collectors.toSet());
        assertThat(files()).isNotEmpty().allSatisfy(file -> assertThat(reached).contains(file));
    }

    @Test
    void schemasWithOneIdAreOneSchema() {
        for (String subject : catalogue.subjects()) {
            for (PublishedSchema one : catalogue.versions(subject)) {
                PublishedSchema found = catalogue.byId(one.id()).orElseThrow();
                assertThat(SchemaNormalization.toParsingForm(found.schema()))
                        .isEqualTo(SchemaNormalization.toParsingForm(one.schema()));
            }
        }
    }

    @Test
    void anIdIsPositiveAndNeverOneThatARegistryCountedUp() {
        for (Topic topic : TopicCatalogue.ALL) {
            assertThat(catalogue.published(topic).id()).isGreaterThanOrEqualTo(1 << 30);
        }
    }

    @Test
    void betterWordsDoNotChangeAnId() {
        Schema one = parse("the first words");
        Schema other = parse("better words");
        assertThat(SchemaId.of(one)).isEqualTo(SchemaId.of(other));
    }

    @Test
    void theIdOfAContentIsTheSameForEver() {
        assertThat(SchemaId.of(parse("any"))).isEqualTo(2_087_933_287);
    }

    private static Schema parse(String doc) {
        return new Schema.Parser().parse("""
                {"type": "record", "name": "Sample", "namespace": "dev.holdfast", "doc": "%s",
                 "fields": [{"name": "node", "type": "string", "doc": "%s"}]}""".formatted(doc, doc));
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString().replace(".avsc", "")).toList();
        }
    }

    private Stream<Schema> records() {
        return namedTypes().stream().filter(schema -> schema.getType() == Schema.Type.RECORD);
    }

    private Set<Schema> namedTypes() {
        Set<Schema> found = new HashSet<>();
        catalogue.subjects().forEach(subject ->
                collect(catalogue.versions(subject).getLast().schema(), found));
        return found;
    }

    private static void collect(Schema schema, Set<Schema> found) {
        switch (schema.getType()) {
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, found));
            case ARRAY -> collect(schema.getElementType(), found);
            case MAP -> collect(schema.getValueType(), found);
            case ENUM -> found.add(schema);
            case RECORD -> {
                if (found.add(schema)) {
                    schema.getFields().forEach(field -> collect(field.schema(), found));
                }
            }
            default -> { }
        }
    }
}
