package dev.holdfast.encoding;

import dev.holdfast.schemas.PublishedSchema;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.Topic;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * Which id stands for which schema in the values of one cluster: the id derived from the schema's content or, in a
 * cluster with a registry, the one the registry gave. Derived ids can be read in either case, so that a cluster keeps
 * its history when it gets a registry.
 *
 * <p>In a cluster with a registry the ids are awaited first, and learned once from {@code cluster.settings}. Whoever
 * awaits them can read what carries derived ids, which the record that brings them does, and can write nothing else.
 * Used by any number of threads.
 */
public final class SchemaIds {

    private final SchemaCatalogue catalogue;
    private volatile Given given;

    private SchemaIds(SchemaCatalogue catalogue, Given given) {
        this.catalogue = catalogue;
        this.given = given;
    }

    /** For a cluster without a registry. */
    public static SchemaIds derived(SchemaCatalogue catalogue) {
        return new SchemaIds(catalogue, Given.NOTHING);
    }

    /** For a cluster with a registry, whose ids are not known yet: see {@link #learn}. */
    public static SchemaIds awaited(SchemaCatalogue catalogue) {
        return new SchemaIds(catalogue, Given.AWAITED);
    }

    /**
     * For a cluster with a registry; schemas that are not among the registered ones keep their derived id.
     *
     * @throws IllegalArgumentException if an id could stand for two schemas, see {@link RegisteredSchemas#ambiguity}
     */
    public static SchemaIds given(SchemaCatalogue catalogue, RegisteredSchemas registered) {
        SchemaIds ids = awaited(catalogue);
        ids.learn(registered);
        return ids;
    }

    /**
     * From now on these ids are in force, for everyone who shares this object, unless those of the same or a later
     * version are already.
     *
     * @throws IllegalArgumentException if an id could stand for two schemas, see {@link RegisteredSchemas#ambiguity};
     *     nothing is changed then
     */
    public synchronized void learn(RegisteredSchemas registered) {
        registered.ambiguity(catalogue).ifPresent(sentence -> {
            throw new IllegalArgumentException("the schema ids of " + registered.registryUrl() + " cannot be used: " + sentence);
        });
        if (registered.version() > given.version()) {
            given = Given.by(registered);
        }
    }

    /** Whether values can be written; false only in a cluster with a registry before its ids are learned. */
    public boolean areKnown() {
        return given.version() > Given.AWAITED.version();
    }

    /** The current schema of the topic's values: what is written, and what every older one is read as. */
    public Schema current(Topic topic) {
        return catalogue.current(topic);
    }

    /**
     * The id with which values of the topic are written.
     *
     * @throws IllegalStateException if it is not known yet, see {@link #areKnown}
     */
    public int idFor(Topic topic) {
        if (!areKnown()) {
            throw new IllegalStateException("the registry's schema ids are not known yet; nothing can be written to " + topic);
        }
        return idOf(catalogue.published(topic));
    }

    /** The id that the topic's current schema has in every cluster, with a registry or without. */
    int derivedIdFor(Topic topic) {
        return catalogue.published(topic).id();
    }

    /** The id under which that schema goes in this cluster, as far as is known. */
    public int idOf(PublishedSchema schema) {
        return given.byDerived().getOrDefault(schema.id(), schema.id());
    }

    /** The schema that a value with this id was written with; empty if neither this build nor an older one knows it. */
    public Optional<PublishedSchema> byId(int id) {
        return catalogue.byId(given.toDerived().getOrDefault(id, id));
    }

    /**
     * What a registry gave.
     *
     * @param version of the record on the log
     * @param byDerived given id of each derived one
     * @param toDerived derived id of each given one
     */
    private record Given(long version, Map<Integer, Integer> byDerived, Map<Integer, Integer> toDerived) {

        static final Given NOTHING = new Given(0, Map.of(), Map.of());
        static final Given AWAITED = new Given(-1, Map.of(), Map.of());

        static Given by(RegisteredSchemas registered) {
            Map<Integer, Integer> byDerived = registered.givenByDerived();
            return new Given(
                    registered.version(),
                    byDerived,
                    byDerived.entrySet().stream().collect(
                            Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey)));
        }
    }
}
