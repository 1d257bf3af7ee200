package dev.holdfast.messaging.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.encoding.RegisteredSchemas.RegisteredSchema;
import dev.holdfast.schemas.PublishedSchema;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.TopicCatalogue;
import java.io.IOException;
import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegistryClientTest {

    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.load();

    @Test
    void aRegistryThatCannotBeReachedIsNamedWithWhatWasAskedOfIt() {
        try (RegistryClient client = new RegistryClient(URI.create("http://127.0.0.1:1/apis/ccompat/v7"))) {
            assertThatThrownBy(() -> client.lookUp(CATALOGUE, 1))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageStartingWith("schema registry http://127.0.0.1:1/apis/ccompat/v7: cannot get an id for "
                            + "node.heartbeats-value version 1: ");
        }
    }

    @Test
    void everySchemaGetsTheIdThatTheRegistryGivesIt() throws IOException {
        try (PlayedRegistry registry = PlayedRegistry.giving(nth -> 100 + nth);
                RegistryClient client = new RegistryClient(registry.url())) {
            assertThat(client.register(CATALOGUE, 1).schemas())
                    .extracting(RegisteredSchema::id)
                    .containsExactlyElementsOf(IntStream.range(0, schemas()).mapToObj(nth -> 100 + nth).toList());
        }
    }

    @Test
    void aRegistryThatRefusesIsNamedWithItsReason() throws IOException {
        try (PlayedRegistry registry = PlayedRegistry.refusing(403);
                RegistryClient client = new RegistryClient(registry.url())) {
            assertThatThrownBy(() -> client.register(CATALOGUE, 1))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageStartingWith("schema registry " + registry.url()
                            + ": cannot set compatibility of node.heartbeats-value: not today");
        }
    }

    @Test
    void idsThatStandForOtherSchemasAlreadyAreRefused() throws IOException {
        PublishedSchema journal = CATALOGUE.published(TopicCatalogue.AUDIT_JOURNAL);
        int taken = journal.id();
        try (PlayedRegistry registry = PlayedRegistry.giving(nth -> taken + nth);
                RegistryClient client = new RegistryClient(registry.url())) {
            assertThatThrownBy(() -> client.register(CATALOGUE, 1))
                    .isInstanceOf(RegistryException.class)
                    .hasMessage("schema registry " + registry.url() + ": its ids cannot be used: the id " + taken
                            + " is given to node.heartbeats-value version 1 and derived from the content of "
                            + "audit.journal-value version " + journal.version() + ". A registry that counts its ids from elsewhere can be");
        }
    }

    private static int schemas() {
        return CATALOGUE.subjects().stream().mapToInt(subject -> CATALOGUE.versions(subject).size()).sum();
    }
}
