package dev.holdfast.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.messaging.ClientSettings;
import java.nio.file.Path;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class QuorumSettingsTest {

    private static final ClientSettings CLIENTS = new ClientSettings("127.0.0.1:1", "a");

    @Test
    void kafkaStreamsAcceptsTheSettings() {
        StreamsConfig config = new StreamsConfig(new QuorumSettings("demo", "a", CLIENTS, Path.of("x")).streams());

        assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)).isEqualTo("exactly_once_v2");
        assertThat(config.getString(StreamsConfig.GROUP_PROTOCOL_CONFIG)).isEqualTo("streams");
        assertThat(config.getLong(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG)).as("never waits").isEqualTo(-1);
    }

    @Test
    void aMissingValueIsRefusedByName() {
        assertThatThrownBy(() -> new QuorumSettings("demo", " ", CLIENTS, Path.of("x")))
                .hasMessageContaining("quorum.node is ' '");
        assertThatThrownBy(() -> new QuorumSettings("demo", "a", null, Path.of("x")))
                .hasMessageContaining("quorum.clients is missing");
    }
}
