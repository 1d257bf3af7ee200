package dev.holdfast.schemas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Every value schema this build knows: the current one of each topic, and the frozen copies of all released ones,
 * which are needed to read what older releases wrote. Immutable; reading it takes a moment, so make one and share it.
 */
public final class SchemaCatalogue {

    private final Map<String, Schema> current = new HashMap<>();
    private final Map<String, List<PublishedSchema>> versions = new LinkedHashMap<>();
    private final Map<Integer, PublishedSchema> byId = new HashMap<>();

    private SchemaCatalogue() {
        SchemaFiles files = new SchemaFiles();
        for (Topic topic : TopicCatalogue.ALL) {
            current.put(topic.subject(), ValueSchema.of(topic, files));
            versions.put(topic.subject(), versionsOf(topic.subject()));
        }
        versions.values().forEach(ofSubject -> ofSubject.forEach(this::index));
    }

    /**
     * Reads all schemas of the build.
     *
     * @throws IllegalArgumentException if a schema cannot be parsed, a frozen one was changed, or two different ones
     *     share an id
     */
    public static SchemaCatalogue load() {
        return new SchemaCatalogue();
    }

    /** The schema with which values of the topic are written and as which they are read. */
    public Schema current(Topic topic) {
        return current.get(topic.subject());
    }

    /** The current schema of the topic as it is published. */
    public PublishedSchema published(Topic topic) {
        return versions.get(topic.subject()).getLast();
    }

    /** The schema of that id; empty if no release up to this one wrote it. */
    public Optional<PublishedSchema> byId(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Names of all subjects, in the catalogue's order. */
    public Set<String> subjects() {
        return versions.keySet();
    }

    /** All versions of a subject, oldest first; empty if there is no such subject. */
    public List<PublishedSchema> versions(String subject) {
        return versions.getOrDefault(subject, List.of());
    }

    private List<PublishedSchema> versionsOf(String subject) {
        Schema now = current.get(subject);
        List<PublishedSchema> found = new ArrayList<>(FrozenSchemas.of(subject, now));
        if (found.isEmpty() || found.getLast().id() != SchemaId.of(now)) {
            found.add(new PublishedSchema(subject, found.size() + 1, SchemaId.of(now), now, false));
        }
        return List.copyOf(found);
    }

    private void index(PublishedSchema schema) {
        PublishedSchema other = byId.put(schema.id(), schema);
        if (other != null) {
            throw new IllegalArgumentException(
                    "schema id " + schema.id() + " belongs to " + other.subject() + " version " + other.version()
                            + " and to " + schema.subject() + " version " + schema.version()
                            + "; change either one's content");
        }
    }
}
