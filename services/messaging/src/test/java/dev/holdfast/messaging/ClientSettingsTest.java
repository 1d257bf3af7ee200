package dev.holdfast.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

    private static final String NOBODY = "127.0.0.1:1";

    private final ClientSettings settings = new ClientSettings(NOBODY, "a");

    @Test
    void aBeatIsGivenUpWhenItsLeaseIsOver() {
        Map<String, Object> beats = settings.producer("beats", Duration.ofSeconds(7));
        assertThat(beats).containsEntry("delivery.timeout.ms", 7_000).containsEntry("max.block.ms", 3_500L);
    }

    @Test
    void everyProducerWaitsForAllReplicasAndNeverWritesTwice() {
        assertThat(settings.producer("reports", Duration.ofMinutes(1)))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.block.ms", 5_000L);
    }

    @Test
    void aReaderIsNeverMovedSilently() {
        assertThat(settings.reader("x")).containsEntry("auto.offset.reset", "none");
    }

    @Test
    void aClientAsksWhoLeadsBeforeItTriesADeadLeaderAgain() {
        Map<String, Object> any = settings.common("any");
        int asksAfter = (int) any.get("retry.backoff.max.ms");
        int connectsAfter = (int) any.get("reconnect.backoff.ms");
        assertThat(connectsAfter * 0.8).isGreaterThan(asksAfter * 1.2);
    }

    @Test
    void aTakeoverDoesNotWaitForADeadLeaderLongerThanAnyRequestDoes() {
        assertThat(new StreamsConfig(withApplication()).getAdminConfigs("c"))
                .containsEntry("default.api.timeout.ms", 1_500).containsEntry("request.timeout.ms", 1_500);
    }

    @Test
    void kafkaAcceptsTheSettingsOfEveryClient() {
        new KafkaProducer<byte[], byte[]>(settings.producer("beats", Duration.ofSeconds(7))).close(Duration.ZERO);
        new KafkaConsumer<byte[], byte[]>(settings.reader("commands")).close();
        Admin.create(settings.admin("topics")).close(Duration.ZERO);
    }

    @Test
    void kafkaStreamsAcceptsTheSettingsAndHandsThemToItsClients() {
        StreamsConfig streams = new StreamsConfig(withApplication());
        Map<String, Object> producer = streams.getProducerConfigs("p");
        assertThat(producer).containsEntry("max.block.ms", 5_000).containsEntry("request.timeout.ms", 1_500);
        assertThat(streams.getMainConsumerConfigs("g", "c", 0))
                .containsEntry("request.timeout.ms", 1_500).containsEntry("fetch.max.wait.ms", 500);
    }

    private Map<String, Object> withApplication() {
        Map<String, Object> all = settings.streams();
        all.put("application.id", "holdfast-quorum");
        return all;
    }

    @Test
    void kafkaAcceptsTheSettingsOfEveryTopic() {
        TopicCatalogue.ALL.forEach(topic -> LogConfig.validate(topic.settings()));
    }
}
