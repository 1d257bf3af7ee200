package dev.holdfast.encoding;

import dev.holdfast.core.message.Message;
import dev.holdfast.schemas.PublishedSchema;
import dev.holdfast.schemas.SchemaCatalogue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ids that a schema registry gave to our schemas, on {@code cluster.settings} under {@link #KEY}, so that no
 * service asks the registry when it starts. Always written with the derived id, see {@link ValueCodec#encode}: a
 * reader does not know the registry's ids before it has read this.
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
    public record RegisteredSchema(String subject, int version, int derivedId, int id) {

        private String name() {
            return subject + " version " + version;
        }
    }

    /**
     * What a reader could not tell apart with these ids, as a sentence: two schemas with one id, one schema with two,
     * or an id that is derived from the content of another schema and may stand on the log for that one already.
     * Empty if every id has one meaning.
     */
    public Optional<String> ambiguity(SchemaCatalogue catalogue) {
        Map<Integer, String> derived = new HashMap<>();
        catalogue.subjects().stream()
                .flatMap(subject -> catalogue.versions(subject).stream())
                .forEach(schema -> derived.put(schema.id(), name(schema)));
        Set<Integer> seen = new HashSet<>();
        for (RegisteredSchema one : schemas) {
            if (!seen.add(one.derivedId())) {
                return Optional.of("two ids are given to " + one.name());
            }
            derived.put(one.derivedId(), one.name());
        }
        Map<Integer, String> given = new HashMap<>();
        for (RegisteredSchema one : schemas) {
            if (one.id() != one.derivedId() && derived.containsKey(one.id())) {
                return Optional.of("the id " + one.id() + " is given to " + one.name()
                        + " and derived from the content of " + derived.get(one.id()));
            }
            String other = given.put(one.id(), one.name());
            if (other != null) {
                return Optional.of("the id " + one.id() + " is given to " + other + " and to " + one.name());
            }
        }
        return Optional.empty();
    }

    private static String name(PublishedSchema schema) {
        return schema.subject() + " version " + schema.version();
    }

    Map<Integer, Integer> givenByDerived() {
        return schemas.stream()
                .collect(Collectors.toUnmodifiableMap(RegisteredSchema::derivedId, RegisteredSchema::id));
    }

    @Override
    public String summary() {
        return "schema ids v" + version + ": " + schemas.size() + " schemas registered at " + registryUrl;
    }
}
