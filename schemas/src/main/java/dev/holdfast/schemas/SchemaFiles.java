package dev.holdfast.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The hand-written schemas of {@code src/main/avro}: one file per record or enum, named after it, all in one
 * namespace. A file refers to others by their name; they are read when they are first needed.
 */
final class SchemaFiles {

    /** Namespace of every schema. */
    static final String NAMESPACE = "dev.holdfast";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Schema.Parser parser = new Schema.Parser();
    private final Map<String, Schema> read = new HashMap<>();

    /**
     * The schema of that name.
     *
     * @throws IllegalArgumentException if there is no such file, it cannot be parsed, or it defines another name
     */
    Schema named(String name) {
        Schema schema = read.get(name);
        if (schema == null) {
            schema = parse(name, resource("avro/" + name + ".avsc")
                    .orElseThrow(() -> new IllegalArgumentException("no schema file " + name + ".avsc")));
            read.put(name, schema);
        }
        return schema;
    }

    /** A schema made elsewhere, added so that it uses the named types of the files. */
    Schema parse(String name, String text) {
        for (String reference : references(name, text)) {
            named(reference);
        }
        Schema schema = parser.parse(text);
        if (!schema.getFullName().equals(NAMESPACE + "." + name)) {
            throw new IllegalArgumentException(
                    name + ".avsc defines " + schema.getFullName() + "; it must define " + NAMESPACE + "." + name);
        }
        return schema;
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

    private static Set<String> references(String name, String text) {
        Set<String> found = new LinkedHashSet<>();
        try {
            collect(JSON.readTree(text).path("fields"), found);
        } catch (IOException e) {
            throw new IllegalArgumentException(name + ".avsc is not JSON: " + e.getMessage(), e);
        }
        return found;
    }

    private static void collect(JsonNode node, Set<String> found) {
        if (node.isTextual()) {
            if (Character.isUpperCase(node.asText().charAt(0))) {
                found.add(node.asText());
            }
        } else if (node.isArray()) {
            node.forEach(element -> collect(element, found));
        } else {
            for (String holder : new String[] {"type", "items", "values"}) {
                if (node.has(holder)) {
                    collect(node.get(holder), found);
                }
            }
        }
    }
}
