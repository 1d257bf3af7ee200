package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.read.TopicTail;
import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.encoding.RegisteredSchemas.RegisteredSchema;
import dev.holdfast.messaging.registry.RealRegistry;
import dev.holdfast.messaging.registry.RegistryClient;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.Ports;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A cluster with a real registry: what is on the log carries the registry's ids, and once the cluster is made nothing
 * needs the registry again. Skipped only where the registry cannot be fetched.
 */
class SchemaRegistryIT {

    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.load();

    @BeforeAll
    static void fetch() throws Exception {
        Optional<String> missing = RealRegistry.fetch();
        assumeTrue(missing.isEmpty(), () -> "the test of a cluster with a registry is skipped: " + missing.get());
    }

    @Test
    void everyRecordCarriesTheRegistrysIdAndTheLossOfTheRegistryChangesNothing() throws Exception {
        try (RealRegistry registry = RealRegistry.start();
                TestCluster cluster = TestCluster.withRegistry("registry", Duration.ofSeconds(3), registry.url())) {
            RegisteredSchemas known = lookUp(registry);
            assertThat(cluster.access().registeredSchemas()).contains(known);
            Map<String, Integer> given = currentIds(known);
            proveIds(cluster, given);
            proveNodesShow(cluster.processes().config(), given);

            assertThat(cluster.json(ExitCode.OK, "schemas", "list")).hasSize(known.schemas().size())
                    .allSatisfy(schema -> assertThat(schema.get("from").asText()).isEqualTo("registry"));
            assertThat(cluster.holdfast(ExitCode.OK, "schemas", "register")).contains("nothing new");

            registry.kill();
            assertThat(cluster.holdfast(ExitCode.FAILED, "schemas", "register")).contains("Nothing was written");
            String owner = cluster.owner();
            cluster.kill(owner);
            cluster.awaitAnsweringElsewhere(owner);
            cluster.start(owner);
            cluster.awaitLive(owner);

            proveIds(cluster, given);
            proveNodesShow(cluster.processes().config(), given);
            cluster.proveSafety();
        }
    }

    private static RegisteredSchemas lookUp(RealRegistry registry) {
        try (RegistryClient client = new RegistryClient(registry.url())) {
            return client.lookUp(CATALOGUE, 1);
        }
    }

    /** Id of the current schema of each subject, which is the one that is written. */
    private static Map<String, Integer> currentIds(RegisteredSchemas registered) {
        Set<Integer> current = TopicCatalogue.ALL.stream()
                .map(topic -> CATALOGUE.published(topic).id())
                .collect(Collectors.toSet());
        return registered.schemas().stream()
                .filter(one -> current.contains(one.derivedId()))
                .collect(Collectors.toMap(RegisteredSchema::subject, RegisteredSchema::id));
    }

    /** No value on any topic carries another id than the registry's; only the record that says which these are does. */
    private static void proveIds(TestCluster cluster, Map<String, Integer> given) {
        int topicsWritten = 0;
        for (Topic topic : TopicCatalogue.ALL) {
            Set<Integer> found = idsOn(cluster, topic);
            topicsWritten += found.isEmpty() ? 0 : 1;
            if (topic.equals(TopicCatalogue.CLUSTER_SETTINGS)) {
                assertThat(found).containsExactlyInAnyOrder(
                        given.get(topic.subject()), CATALOGUE.published(topic).id());
            } else {
                assertThat(found).as("ids on %s", topic).isSubsetOf(given.get(topic.subject()));
            }
        }
        assertThat(topicsWritten).as("topics with records").isGreaterThan(6);
    }

    private static Set<Integer> idsOn(TestCluster cluster, Topic topic) {
        Set<Integer> ids = new TreeSet<>();
        try (TopicTail tail = cluster.access().tail(topic).fromBeginning()) {
            for (Iterator<byte[]> values = tail.valuesToEnd(); values.hasNext(); ) {
                byte[] value = values.next();
                if (value != null) {
                    ids.add(ByteBuffer.wrap(value).getInt(1));
                }
            }
        }
        return ids;
    }

    private static void proveNodesShow(ClusterConfig config, Map<String, Integer> given)
            throws IOException, InterruptedException {
        String subject = TopicCatalogue.NODE_HEARTBEATS.subject();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String node : config.nodes()) {
                URI latest = URI.create("http://" + config.net().real(config.idOf(node)) + ":" + Ports.HTTP + "/subjects/"
                        + subject + "/versions/latest");
                assertThat(http.send(HttpRequest.newBuilder(latest).build(), BodyHandlers.ofString()).body())
                        .as("what %s shows", node)
                        .contains("\"id\":" + given.get(subject) + ",");
            }
        }
    }
}
