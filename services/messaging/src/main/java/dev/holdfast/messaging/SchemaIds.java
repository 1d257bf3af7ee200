package dev.holdfast.messaging;

import dev.holdfast.schemas.PublishedSchema;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Which id stands for which schema in the values of one cluster: the id derived from the schema's content or, in a
 * cluster with a registry, the one the registry gave. Derived ids can be read in either case, so that a cluster keeps
 * its history when it gets a registry.
 */
public final class SchemaIds {

    private final SchemaCatalogue catalogue;
    private final Map<Integer, Integer> givenByDerived;
    private final Map<Integer, Integer> derivedByGiven = new HashMap<>();

    private SchemaIds(SchemaCatalogue catalogue, Map<Integer, Integer> givenByDerived) {
        this.catalogue = catalogue;
        this.givenByDerived = Map.copyOf(givenByDerived);
        this.givenByDerived.forEach((derived, given) -> derivedByGiven.put(given, derived));
    }

    /** For a cluster without a registry. */
    public static SchemaIds derived(SchemaCatalogue catalogue) {
        return new SchemaIds(catalogue, Map.of());
    }

    /** For a cluster with a registry; schemas that are not among the registered ones keep their derived id. */
    public static SchemaIds given(SchemaCatalogue catalogue, RegisteredSchemas registered) {
        return new SchemaIds(catalogue, registered.givenByDerived());
    }

    /** The current schema of the topic's values: what is written, and what every older one is read as. */
    public Schema current(Topic topic) {
        return catalogue.current(topic);
    }

    /** The id with which values of the topic are written. */
    public int idFor(Topic topic) {
        return idOf(catalogue.published(topic));
    }

    /** The id under which that schema goes in this cluster. */
    public int idOf(PublishedSchema schema) {
        return givenByDerived.getOrDefault(schema.id(), schema.id());
    }

    /** The schema that a value with this id was written with; empty if neither this build nor an older one knows it. */
    public Optional<PublishedSchema> byId(int id) {
        return catalogue.byId(derivedByGiven.getOrDefault(id, id));
    }
}
