package dev.holdfast.messaging.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.schemas.SchemaCatalogue;
import java.net.URI;
import org.junit.jupiter.api.Test;

class RegistryClientTest {

    @Test
    void aRegistryThatCannotBeReachedIsNamedWithWhatWasAskedOfIt() {
        try (RegistryClient client = new RegistryClient(URI.create("http://127.0.0.1:1/apis/ccompat/v7"))) {
            assertThatThrownBy(() -> client.lookUp(SchemaCatalogue.load(), 1))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageStartingWith("schema registry http://127.0.0.1:1/apis/ccompat/v7: cannot get an id for "
                            + "node.heartbeats-value version 1: ");
        }
    }
}
