package dev.holdfast.messaging.registry;

import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.encoding.RegisteredSchemas.RegisteredSchema;
import dev.holdfast.schemas.PublishedSchema;
import dev.holdfast.schemas.SchemaCatalogue;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.Config;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * A schema registry with Confluent's API, by Confluent's own client. The only class that knows where that client comes
 * from (see the parent POM); nothing loads it unless a cluster has a registry. Schemas cross this class as text, so
 * that the client's own copy of Avro stays inside.
 */
public final class RegistryClient implements AutoCloseable {

    private static final int SCHEMAS_KEPT = 1_000;

    /** Somebody waits for the answers; the client's own limits are a minute each. */
    private static final Map<String, String> LIMITS =
            Map.of("http.connect.timeout.ms", "5000", "http.read.timeout.ms", "20000");

    private final URI url;
    private final SchemaRegistryClient client;

    /**
     * @param url base of the API, for Apicurio with {@code /apis/ccompat/v7}
     */
    public RegistryClient(URI url) {
        this.url = url;
        this.client = new CachedSchemaRegistryClient(
                List.of(url.toString()), SCHEMAS_KEPT, List.of(new AvroSchemaProvider()), LIMITS);
    }

    /**
     * Registers every schema of the build, oldest version first, each subject under the rule BACKWARD. What is
     * registered already keeps its id.
     *
     * @param version version of the record that is returned, see {@link RegisteredSchemas}
     * @throws RegistryException if the registry cannot be reached or refuses a schema, or if its ids could not be told
     *     from derived ones, see {@link RegisteredSchemas#ambiguity}
     */
    public RegisteredSchemas register(SchemaCatalogue catalogue, long version) {
        for (String subject : catalogue.subjects()) {
            call("set compatibility of " + subject, () -> client.updateConfig(subject, new Config("BACKWARD")));
        }
        return forEach(catalogue, version, schema -> client.register(schema.subject(), parsed(schema)));
    }

    /**
     * Asks for the id of every schema of the build and registers nothing.
     *
     * @param version version of the record that is returned, see {@link RegisteredSchemas}
     * @throws RegistryException if the registry cannot be reached or does not know a schema, or if its ids could not be
     *     told from derived ones, see {@link RegisteredSchemas#ambiguity}
     */
    public RegisteredSchemas lookUp(SchemaCatalogue catalogue, long version) {
        return forEach(catalogue, version, schema -> client.getId(schema.subject(), parsed(schema)));
    }

    /**
     * Text of the schema with that id.
     *
     * @throws RegistryException if the registry cannot be reached or does not know the id
     */
    public String schema(int id) {
        return call("read schema " + id, () -> client.getSchemaById(id).canonicalString());
    }

    /**
     * Whether a schema could follow the newest one of the subject.
     *
     * @param schema text of the schema
     * @throws RegistryException if the registry cannot be reached or does not know the subject
     */
    public boolean isCompatible(String subject, String schema) {
        return call("compare with " + subject, () -> client.testCompatibility(subject, new AvroSchema(schema)));
    }

    @Override
    public void close() {
        call("close", () -> {
            client.close();
            return null;
        });
    }

    private RegisteredSchemas forEach(SchemaCatalogue catalogue, long version, IdOf idOf) {
        List<RegisteredSchema> registered = new ArrayList<>();
        for (String subject : catalogue.subjects()) {
            for (PublishedSchema schema : catalogue.versions(subject)) {
                int id = call("get an id for " + subject + " version " + schema.version(), () -> idOf.of(schema));
                registered.add(new RegisteredSchema(subject, schema.version(), schema.id(), id));
            }
        }
        RegisteredSchemas all = new RegisteredSchemas(version, url.toString(), registered);
        all.ambiguity(catalogue).ifPresent(sentence -> {
            throw new RegistryException("schema registry " + url + ": its ids cannot be used: " + sentence
                    + ". A registry that counts its ids from elsewhere can be");
        });
        return all;
    }

    private static AvroSchema parsed(PublishedSchema schema) {
        return new AvroSchema(schema.schema().toString());
    }

    private <T> T call(String what, Call<T> call) {
        try {
            return call.run();
        } catch (IOException | RestClientException e) {
            throw new RegistryException("schema registry " + url + ": cannot " + what + ": " + reason(e), e);
        }
    }

    /** An unknown host's message is its name and nothing else. */
    private static String reason(Exception failed) {
        return failed instanceof UnknownHostException ? "unknown host " + failed.getMessage() : failed.getMessage();
    }

    private interface Call<T> {
        T run() throws IOException, RestClientException;
    }

    private interface IdOf {
        int of(PublishedSchema schema) throws IOException, RestClientException;
    }
}
