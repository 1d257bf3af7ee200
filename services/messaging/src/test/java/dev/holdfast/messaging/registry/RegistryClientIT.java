package dev.holdfast.messaging.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.message.FenceReport;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.encoding.Decoded;
import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.encoding.RegisteredSchemas.RegisteredSchema;
import dev.holdfast.encoding.SchemaIds;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.TopicCatalogue;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Confluent's client against a real registry. Skipped only where the registry cannot be fetched. */
class RegistryClientIT {

    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.load();
    private static RealRegistry registry;
    private static RegistryClient client;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> missing = RealRegistry.fetch();
        assumeTrue(missing.isEmpty(), () -> "the registry's tests are skipped: " + missing.get());
        registry = RealRegistry.start();
        client = new RegistryClient(registry.url());
    }

    @AfterAll
    static void stop() throws Exception {
        if (registry != null) {
            client.close();
            registry.close();
        }
    }

    @Test
    void everySchemaIsRegisteredUnderItsSubjectAndFoundAgainByItsId() {
        RegisteredSchemas registered = client.register(CATALOGUE, 1);
        assertThat(registered.schemas()).hasSizeGreaterThanOrEqualTo(TopicCatalogue.ALL.size());
        for (RegisteredSchema one : registered.schemas()) {
            Schema known = CATALOGUE.byId(one.derivedId()).orElseThrow().schema();
            assertThat(new Schema.Parser().parse(client.schema(one.id()))).isEqualTo(known);
        }
    }

    @Test
    void registeringAgainChangesNoId() {
        RegisteredSchemas first = client.register(CATALOGUE, 1);
        try (RegistryClient other = new RegistryClient(registry.url())) {
            assertThat(other.register(CATALOGUE, 1)).isEqualTo(first);
            assertThat(other.lookUp(CATALOGUE, 1)).isEqualTo(first);
        }
    }

    @Test
    void recordsCarryTheRegistrysIdAndThoseWithADerivedOneAreStillRead() {
        RegisteredSchemas registered = client.register(CATALOGUE, 1);
        FenceReport report = new FenceReport("a", new Incarnation(1, 1), true, "b", "off");
        Codecs given = new Codecs(SchemaIds.given(CATALOGUE, registered));
        byte[] value = given.of(TopicCatalogue.FENCE_REPORTS).encode(report);
        int id = ByteBuffer.wrap(value).getInt(1);
        assertThat(new Schema.Parser().parse(client.schema(id)).getName()).isEqualTo("FenceReportsValue");
        byte[] derived = Codecs.derivingIds().of(TopicCatalogue.FENCE_REPORTS).encode(report);
        for (byte[] bytes : new byte[][] {value, derived}) {
            assertThat(given.of(TopicCatalogue.FENCE_REPORTS).decode(bytes))
                    .isEqualTo(new Decoded.Value(report.summary(), report));
        }
    }

    @Test
    void aSchemaThatCouldNotReadOlderRecordsIsIncompatibleToTheRegistryToo() {
        client.register(CATALOGUE, 1);
        String subject = TopicCatalogue.FENCE_REPORTS.subject();
        String now = CATALOGUE.current(TopicCatalogue.FENCE_REPORTS).toString();
        String withDefault = "\"fields\":[{\"name\":\"more\",\"type\":\"string\",\"default\":\"\"},";
        String without = "\"fields\":[{\"name\":\"more\",\"type\":\"string\"},";
        assertThat(client.isCompatible(subject, now.replaceFirst("\"fields\":\\[", withDefault))).isTrue();
        assertThat(client.isCompatible(subject, now.replaceFirst("\"fields\":\\[", without))).isFalse();
    }

    @Test
    void anUnknownIdIsAnErrorThatNamesTheRegistry() {
        assertThatThrownBy(() -> client.schema(999_999))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("schema registry " + registry.url() + ": cannot read schema 999999: ");
    }
}
