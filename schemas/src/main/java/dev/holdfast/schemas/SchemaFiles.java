package dev.holdfast.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The hand-written schemas of {@code src/main/avro}: one file per record or enum, named after it, all in one namespace.
 * A file refers to others by their name. A whole schema is put together as text and parsed once: Avro's parser goes
 * through everything it knows with each further file, which every start of a process would have to wait for.
 */
final class SchemaFiles {

    /** Namespace of every schema. */
    static final String NAMESPACE = "dev.holdfast";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PLACES_OF_TYPES = List.of("type", "items", "values");

    private final Map<String, ObjectNode> files = new HashMap<>();

    /**
     * The schema with every type it refers to written out where it is first used.
     *
     * @throws IllegalArgumentException if a file is missing, is no JSON, or defines another name than its own
     * @throws org.apache.avro.AvroRuntimeException if it is no schema
     */
    Schema complete(ObjectNode schema) {
        return new Schema.Parser().parse(writtenOut(schema, new HashSet<>()).toString());
    }

    /** Text of a resource of this module; empty if there is none of that path. */
    static Optional<String> resource(String path) {
        try (InputStream in = SchemaFiles.class.getClassLoader().getResourceAsStream(path)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    private JsonNode writtenOut(JsonNode type, Set<String> defined) {
        return switch (type) {
            case ObjectNode definition -> parts(definition, defined);
            case ArrayNode union -> {
                ArrayNode branches = JSON.createArrayNode();
                union.forEach(branch -> branches.add(writtenOut(branch, defined)));
                yield branches;
            }
            default -> isReference(type) && defined.add(type.asText()) ? parts(file(type.asText()), defined) : type;
        };
    }

    private ObjectNode parts(ObjectNode definition, Set<String> defined) {
        ObjectNode whole = definition.deepCopy();
        for (String place : PLACES_OF_TYPES) {
            if (whole.has(place)) {
                whole.set(place, writtenOut(whole.get(place), defined));
            }
        }
        whole.path("fields").forEach(field ->
                ((ObjectNode) field).set("type", writtenOut(field.get("type"), defined)));
        return whole;
    }

    /** Our own types begin with a capital letter, Avro's do not. */
    private static boolean isReference(JsonNode type) {
        return Character.isUpperCase(type.asText().charAt(0));
    }

    private ObjectNode file(String name) {
        return files.computeIfAbsent(name, SchemaFiles::read);
    }

    private static ObjectNode read(String name) {
        String text = resource("avro/" + name + ".avsc")
                .orElseThrow(() -> new IllegalArgumentException("no schema file " + name + ".avsc"));
        try {
            ObjectNode schema = (ObjectNode) JSON.readTree(text);
            String defines = schema.path("namespace").asText() + "." + schema.path("name").asText();
            if (!defines.equals(NAMESPACE + "." + name)) {
                throw new IllegalArgumentException(
                        name + ".avsc defines " + defines + "; it must define " + NAMESPACE + "." + name);
            }
            return schema;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name + ".avsc is no JSON: " + e.getMessage(), e);
        }
    }
}
