package dev.holdfast.messaging.registry;

import dev.holdfast.encoding.SchemaIds;
import dev.holdfast.schemas.PublishedSchema;
import dev.holdfast.schemas.SchemaCatalogue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A schema registry that can be read: the Confluent paths over the schemas of this build, so that a Kafka UI or a
 * foreign client can decode our topics without a registry of its own. A pure function of method and path.
 */
public final class RegistryView {

    private static final String READ_ONLY =
            "this registry is read-only: the schemas of a release of Holdfast are built into it";

    private final SchemaCatalogue catalogue;
    private final SchemaIds ids;

    /**
     * @param ids the ids that the cluster's records carry
     */
    public RegistryView(SchemaCatalogue catalogue, SchemaIds ids) {
        this.catalogue = catalogue;
        this.ids = ids;
    }

    /**
     * Answers a request; never throws for what is asked.
     *
     * @param method HTTP method; anything but GET and HEAD is answered with 405
     * @param path path of the URL, still encoded, with or without a query
     */
    public Answer answer(String method, String path) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return error(405, 405, READ_ONLY);
        }
        List<String> parts = Stream.of(path.split("\\?", 2)[0].split("/"))
                .filter(part -> !part.isEmpty())
                .map(RegistryView::decoded)
                .toList();
        String first = parts.isEmpty() ? "" : parts.getFirst();
        return switch (first) {
            case "" -> ok(Map.of());
            case "subjects" -> subjects(parts.subList(1, parts.size()));
            case "schemas" -> schemas(parts.subList(1, parts.size()));
            case "config" -> ok(Map.of("compatibilityLevel", "BACKWARD"));
            case "mode" -> ok(Map.of("mode", "READONLY"));
            default -> notFound();
        };
    }

    private Answer subjects(List<String> parts) {
        if (parts.isEmpty()) {
            return ok(catalogue.subjects());
        }
        List<PublishedSchema> versions = catalogue.versions(parts.getFirst());
        if (versions.isEmpty()) {
            return error(404, 40401, "Subject '" + parts.getFirst() + "' not found.");
        } else if (parts.size() < 2 || !parts.get(1).equals("versions") || parts.size() > 4) {
            return notFound();
        } else if (parts.size() == 2) {
            return ok(versions.stream().map(PublishedSchema::version).toList());
        }
        Optional<PublishedSchema> version = versions.stream()
                .filter(one -> parts.get(2).equals(String.valueOf(one.version())))
                .findFirst()
                .or(() -> isLatest(parts.get(2)) ? Optional.of(versions.getLast()) : Optional.empty());
        Function<PublishedSchema, Answer> shown =
                parts.size() == 3 ? one -> ok(described(one)) : one -> schemaAlone(one, parts.get(3));
        return version.map(shown).orElseGet(() -> error(404, 40402, "Version " + parts.get(2) + " not found."));
    }

    private Answer schemas(List<String> parts) {
        if (parts.isEmpty()) {
            return ok(catalogue.subjects().stream()
                    .flatMap(subject -> catalogue.versions(subject).stream())
                    .map(this::described)
                    .toList());
        } else if (parts.equals(List.of("types"))) {
            return ok(List.of("AVRO"));
        } else if (parts.size() < 2 || parts.size() > 3 || !parts.getFirst().equals("ids")) {
            return notFound();
        }
        Optional<PublishedSchema> found = parse(parts.get(1)).flatMap(ids::byId);
        return found.map(one -> parts.size() == 2 ? ok(Map.of("schema", one.schema().toString())) : aspect(one, parts.get(2)))
                .orElseGet(() -> error(404, 40403, "Schema " + parts.get(1) + " not found."));
    }

    private static Answer aspect(PublishedSchema schema, String aspect) {
        return switch (aspect) {
            case "subjects" -> ok(List.of(schema.subject()));
            case "versions" -> ok(List.of(Map.of("subject", schema.subject(), "version", schema.version())));
            default -> schemaAlone(schema, aspect);
        };
    }

    private static Answer schemaAlone(PublishedSchema schema, String aspect) {
        return aspect.equals("schema") ? new Answer(200, schema.schema().toString()) : notFound();
    }

    private Map<String, Object> described(PublishedSchema schema) {
        return Map.of(
                "subject", schema.subject(),
                "version", schema.version(),
                "id", ids.idOf(schema),
                "schemaType", "AVRO",
                "schema", schema.schema().toString());
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return part;
        }
    }

    private static boolean isLatest(String version) {
        return version.equals("latest") || version.equals("-1");
    }

    private static Optional<Integer> parse(String id) {
        try {
            return Optional.of(Integer.parseInt(id));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Answer notFound() {
        return error(404, 404, "HTTP 404 Not Found");
    }

    private static Answer error(int status, int code, String message) {
        return new Answer(status, Json.of(Map.of("error_code", code, "message", message)));
    }

    private static Answer ok(Object body) {
        return new Answer(200, Json.of(body));
    }
}
