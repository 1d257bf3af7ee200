package dev.holdfast.node.agent;

import dev.holdfast.messaging.ClientSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** Clients of the cluster's brokers, with Holdfast's settings. */
public final class BrokerClients implements KafkaClients {

    private static final Duration KEEP_TRYING = Duration.ofMinutes(2);

    private final ClientSettings settings;

    public BrokerClients(ClientSettings settings) {
        this.settings = settings;
    }

    @Override
    public Producer<byte[], byte[]> beats(Duration giveUpAfter) {
        return producer("beats", giveUpAfter);
    }

    @Override
    public Producer<byte[], byte[]> reports(String use) {
        return producer(use, KEEP_TRYING);
    }

    private Producer<byte[], byte[]> producer(String use, Duration giveUpAfter) {
        Map<String, Object> producer = settings.producer(use, giveUpAfter);
        return new KafkaProducer<>(producer);
    }

    @Override
    public Consumer<byte[], byte[]> reader(String use) {
        Map<String, Object> reader = settings.reader(use);
        return new KafkaConsumer<>(reader);
    }

    @Override
    public Admin admin(String use) {
        return Admin.create(settings.admin(use));
    }
}
