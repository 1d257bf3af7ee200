package dev.holdfast.messaging;

import dev.holdfast.core.message.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The ids that a schema registry gave to our schemas, on {@code cluster.settings} under {@link #KEY}, so that no
 * service asks the registry when it starts. Must be written with derived ids, see {@link Codecs#derivingIds}: a reader
 * does not know the registry's ids before it has read this.
 *
 * @param version 1 for the first, one more with each; the highest holds
 * @param registryUrl for people
 */
public record RegisteredSchemas(long version, String registryUrl, List<RegisteredSchema> schemas) implements Message {

    /** Key of the record. */
    public static final String KEY = "schemas";

    public RegisteredSchemas {
        schemas = List.copyOf(schemas);
    }

    /**
     * A schema that is known to a registry.
     *
     * @param subject {@code <topic>-value}
     * @param version within Holdfast's releases
     * @param derivedId derived from the schema's content
     * @param id given by the registry
     */
    public record RegisteredSchema(String subject, int version, int derivedId, int id) {}

    Map<Integer, Integer> givenByDerived() {
        return schemas.stream().collect(Collectors.toMap(RegisteredSchema::derivedId, RegisteredSchema::id));
    }

    @Override
    public String summary() {
        return "schema ids v" + version + ": " + schemas.size() + " schemas registered at " + registryUrl;
    }
}
