package dev.holdfast.cli.conformance;

import dev.holdfast.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A JSON object with the place it was read from, for errors. Whatever is JSON is YAML 1.2 too, which is read here anyway.
 *
 * @param where file, and the path of the object within it
 * @param values may hold null
 */
record Document(String where, Map<String, Object> values) {

    /** @throws Failure if it cannot be read, or is no object */
    static Document read(Path file) {
        try {
            Object root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            return object(file.getFileName().toString(), root);
        } catch (IOException unreadable) {
            throw Failure.badInput(file + " cannot be read: " + unreadable.getMessage());
        } catch (YamlEngineException malformed) {
            throw Failure.badInput(file + " is no JSON: "
                    + malformed.getMessage().lines().findFirst().orElse("malformed"));
        }
    }

    private static Document object(String where, Object value) {
        if (value == null) {
            return new Document(where, Map.of());
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw Failure.badInput(where + " is '" + value + "'; it must be an object");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((name, each) -> values.put(String.valueOf(name), each));
        return new Document(where, values);
    }

    /** Whether something other than null is there. */
    boolean has(String field) {
        return values.get(field) != null;
    }

    Set<String> names() {
        return values.keySet();
    }

    /** The object there; an empty one if there is none. */
    Document section(String field) {
        return object(where + ": " + field, values.get(field));
    }

    /** All fields, each an object. */
    Map<String, Document> sections() {
        Map<String, Document> sections = new LinkedHashMap<>();
        names().forEach(name -> sections.put(name, section(name)));
        return sections;
    }

    /** The objects there; none if there is no list. */
    List<Document> list(String field) {
        return items(field).stream().map(item -> object(where + ": " + field, item)).toList();
    }

    List<String> texts(String field) {
        return items(field).stream().map(String::valueOf).toList();
    }

    /** Lists of at least two values each. */
    List<List<Object>> rows(String field) {
        return items(field).stream().map(item -> row(field, item)).toList();
    }

    private List<Object> row(String field, Object item) {
        if (!(item instanceof List<?> row) || row.size() < 2) {
            throw wrong(field, item, "a list of a time and a name");
        }
        return List.copyOf(row);
    }

    private List<?> items(String field) {
        Object value = values.get(field);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            throw wrong(field, value, "a list");
        }
        return items;
    }

    String text(String field) {
        String text = textOrNull(field);
        if (text == null) {
            throw wrong(field, null, "given");
        }
        return text;
    }

    String textOrNull(String field) {
        return has(field) ? values.get(field).toString() : null;
    }

    int number(String field) {
        if (!(values.get(field) instanceof Number number)) {
            throw wrong(field, values.get(field), "a number");
        }
        return number.intValue();
    }

    int number(String field, int otherwise) {
        return has(field) ? number(field) : otherwise;
    }

    boolean flag(String field, boolean otherwise) {
        return has(field) ? Boolean.parseBoolean(text(field)) || text(field).equals("1") : otherwise;
    }

    private Failure wrong(String field, Object value, String rule) {
        return Failure.badInput(where + ": " + field + " is " + value + "; it must be " + rule);
    }
}
