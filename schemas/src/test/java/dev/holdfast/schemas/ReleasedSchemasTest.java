package dev.holdfast.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Whatever any release wrote, this one reads. */
class ReleasedSchemasTest {

    private static final Path FROZEN = Path.of("src/main/frozen");

    private final SchemaCatalogue catalogue = SchemaCatalogue.load();

    @Test
    void everyTopicHasAReleasedSchema() {
        assertThat(catalogue.subjects()).allSatisfy(subject ->
                assertThat(catalogue.versions(subject).getFirst().released()).as(subject).isTrue());
    }

    @Test
    void aReleasedSchemaIsNeverChanged() {
        assertThat(catalogue.subjects().stream().flatMap(FrozenSchemas::entries)).isNotEmpty().allSatisfy(entry ->
                assertThat(FrozenSchemas.read(entry).id()).isEqualTo(entry.id()));
    }

    @Test
    void everyVersionReadsWhatAllEarlierOnesWrote() {
        for (String subject : catalogue.subjects()) {
            List<PublishedSchema> versions = catalogue.versions(subject);
            for (PublishedSchema writer : versions) {
                versions.subList(writer.version(), versions.size()).forEach(reader -> assertThat(
                                problems(reader.schema(), writer.schema()))
                        .as("%s version %d reading version %d; if version %d was in no release yet, freeze it anew with "
                                + "mvn -pl schemas test -Dfreeze=anew", subject, reader.version(), writer.version(),
                                writer.version())
                        .isEmpty());
            }
        }
    }

    @Test
    void aNewFieldWithoutADefaultIsFound() {
        Schema one = sample("");
        assertThat(problems(sample(", {\"name\": \"b\", \"type\": \"string\"}"), one)).isNotEmpty();
        assertThat(problems(sample(", {\"name\": \"b\", \"type\": \"string\", \"default\": \"\"}"), one)).isEmpty();
    }

    @Test
    void aNewKindOfMessageIsNoProblemAndARemovedOneIs() {
        Schema one = sample(", {\"name\": \"body\", \"type\": [%s]}".formatted(empty("A")));
        Schema two = sample(", {\"name\": \"body\", \"type\": [%s, %s]}".formatted(empty("A"), empty("B")));
        assertThat(problems(two, one)).isEmpty();
        assertThat(problems(one, two)).isNotEmpty();
    }

    /**
     * Run with -Dfreeze=new when a release is made: what is not released yet becomes the next version. With -Dfreeze=anew
     * the newest version is replaced by the current schema instead: only while it was in no release.
     */
    @Test
    @EnabledIfSystemProperty(named = "freeze", matches = "new|anew")
    void freeze() throws IOException {
        boolean anew = System.getProperty("freeze").equals("anew");
        List<String> index = new ArrayList<>();
        for (Topic topic : TopicCatalogue.ALL) {
            List<PublishedSchema> kept = new ArrayList<>(FrozenSchemas.of(topic.subject(), catalogue.current(topic)));
            if (anew && !kept.isEmpty()) {
                kept.removeLast();
            }
            kept.forEach(schema -> index.add(line(topic, schema.version(), schema.id())));
            Schema now = catalogue.current(topic);
            if (kept.isEmpty() || kept.getLast().id() != SchemaId.of(now)) {
                index.add(line(topic, kept.size() + 1, SchemaId.of(now)));
                write(FrozenSchemas.path(topic.subject(), kept.size() + 1), SchemaFormatter.format("json/pretty", now));
            }
        }
        write(FrozenSchemas.INDEX, String.join("\n", index));
    }

    private static String line(Topic topic, int version, int id) {
        return topic.subject() + " " + version + " " + id;
    }

    private static void write(String path, String text) throws IOException {
        Files.createDirectories(FROZEN.resolve(path).getParent());
        Files.writeString(FROZEN.resolve(path), text + "\n");
    }

    private static String empty(String name) {
        return "{\"type\": \"record\", \"name\": \"" + name + "\", \"fields\": []}";
    }

    private static Schema sample(String more) {
        return new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"Sample\", \"fields\": "
                + "[{\"name\": \"a\", \"type\": \"string\"}" + more + "]}");
    }

    private static List<String> problems(Schema reader, Schema writer) {
        SchemaCompatibility.SchemaPairCompatibility pair =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        return pair.getType() == SchemaCompatibilityType.COMPATIBLE
                ? List.of()
                : pair.getResult().getIncompatibilities().stream()
                        .map(problem -> problem.getLocation() + " " + problem.getType() + " " + problem.getMessage())
                        .toList();
    }
}
