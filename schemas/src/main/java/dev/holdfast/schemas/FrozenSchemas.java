package dev.holdfast.schemas;

import java.util.ArrayList;
import java.util.List;
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
     * Released versions of the subject, oldest first.
     *
     * @throws IllegalArgumentException if one is missing or was changed
     */
    static List<PublishedSchema> of(String subject) {
        List<PublishedSchema> found = new ArrayList<>();
        SchemaFiles.resource("frozen/" + INDEX).orElse("").lines().map(line -> line.split(" ")).forEach(entry -> {
            if (entry[0].equals(subject)) {
                found.add(read(subject, Integer.parseInt(entry[1]), Integer.parseInt(entry[2])));
            }
        });
        return found;
    }

    /** Path of a frozen schema below the folder of all of them. */
    static String path(String subject, int version) {
        return subject + "/" + version + ".avsc";
    }

    private static PublishedSchema read(String subject, int version, int id) {
        String path = "frozen/" + path(subject, version);
        String text = SchemaFiles.resource(path)
                .orElseThrow(() -> new IllegalArgumentException("released schema " + path + " is missing"));
        Schema schema = new Schema.Parser().parse(text);
        if (SchemaId.of(schema) != id) {
            throw new IllegalArgumentException(
                    "released schema " + path + " was changed: its id is " + SchemaId.of(schema) + ", was " + id);
        }
        return new PublishedSchema(subject, version, id, schema, true);
    }
}
