package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.output.Listing;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.encoding.RegisteredSchemas.RegisteredSchema;
import dev.holdfast.schemas.PublishedSchema;
import dev.holdfast.schemas.SchemaCatalogue;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Lists schemas and ids. */
@Command(
        name = "list",
        description = {
            "List the schemas that this build knows, and the id by which the cluster's values name each.",
            "Without a registry an id is derived from the content of the schema; with one it is what the registry gave, as it "
                    + "stands on the log. The registry is not asked."
        })
final class SchemasList extends Verb {

    /** @param registered null without a registry, or if the schema is none of those given to it */
    private record Row(PublishedSchema schema, Integer registered) {}

    private static final Listing<Row> LISTING = new Listing<>(SchemasList::fields)
            .column("SUBJECT", row -> row.schema().subject())
            .column("VERSION", row -> String.valueOf(row.schema().version()))
            .column("ID", row -> String.valueOf(id(row)))
            .column("FROM", row -> row.registered() == null ? "content" : "registry")
            .column("RELEASED", row -> row.schema().released() ? "yes" : "no");

    @Override
    public Integer call() {
        SchemaCatalogue catalogue = SchemaCatalogue.load();
        Map<Integer, Integer> given = given();
        List<Row> rows = catalogue.subjects().stream()
                .sorted()
                .flatMap(subject -> catalogue.versions(subject).stream())
                .map(schema -> new Row(schema, given.get(schema.id())))
                .toList();
        screen().list(LISTING, rows);
        return ExitCode.OK;
    }

    private Map<Integer, Integer> given() {
        if (config().registryUrl().isEmpty()) {
            return Map.of();
        }
        try (ClusterAccess access = access()) {
            return access.registeredSchemas().map(RegisteredSchemas::schemas).orElse(List.of()).stream()
                    .collect(Collectors.toMap(RegisteredSchema::derivedId, RegisteredSchema::id, (one, same) -> one));
        }
    }

    private static int id(Row row) {
        return row.registered() == null ? row.schema().id() : row.registered();
    }

    private static Fields fields(Row row) {
        return Fields.of("subject", row.schema().subject())
                .and("version", row.schema().version())
                .and("id", id(row))
                .and("from", row.registered() == null ? "content" : "registry")
                .and("released", row.schema().released());
    }
}
