package dev.holdfast.schemas;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * Copies of released value schemas, {@code src/main/frozen/<subject>/<version>.avsc}. What they describe stands on the
 * topics of running clusters, so they are never changed; {@code index.txt} names the id of each, which gives a change
 * away.
 */
final class FrozenSchemas {

    /** One line per schema: subject, version, id; versions of a subject in ascending order. */
    static final String INDEX = "index.txt";

    private FrozenSchemas() {}

    /**
     * Released versions of the subject, oldest first. A version that is still current is not read: the current schema
     * is the same, perhaps in better words.
     *
     * @throws IllegalArgumentException if one is missing or was changed
     */
    static List<PublishedSchema> of(String subject, Schema current) {
        int currentId = SchemaId.of(current);
        return entries(subject)
                .map(entry -> entry.id() == currentId
                        ? new PublishedSchema(subject, entry.version(), currentId, current, true)
                        : read(entry))
                .toList();
    }

    /** A line of the index. */
    record Entry(String subject, int version, int id) {}

    static Stream<Entry> entries(String subject) {
        return SchemaFiles.resource("frozen/" + INDEX).orElse("").lines()
                .map(line -> line.split(" "))
                .filter(words -> words[0].equals(subject))
                .map(words -> new Entry(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2])));
    }

    /** Path of a frozen schema below the folder of all of them. */
    static String path(String subject, int version) {
        return subject + "/" + version + ".avsc";
    }

    static PublishedSchema read(Entry entry) {
        String path = "frozen/" + path(entry.subject(), entry.version());
        String text = SchemaFiles.resource(path)
                .orElseThrow(() -> new IllegalArgumentException("released schema " + path + " is missing"));
        Schema schema = new Schema.Parser().parse(text);
        int id = SchemaId.of(schema);
        if (id != entry.id()) {
            throw new IllegalArgumentException(
                    "released schema " + path + " was changed: its id is " + id + ", was " + entry.id());
        }
        return new PublishedSchema(entry.subject(), entry.version(), id, schema, true);
    }
}
