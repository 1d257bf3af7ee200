package dev.holdfast.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Settings of every Kafka client of Holdfast: tuned so that the loss of a broker is noticed within about a second,
 * because every LEASE must survive it. Measured; see docs/benchmarks.md.
 *
 * @param bootstrap comma-separated host:port of all brokers
 * @param clientId begins the id of every client made with these, for the broker's logs
 */
public record ClientSettings(String bootstrap, String clientId) {

    private static final int REQUEST_TIMEOUT_MS = 1500;

    /** What producers, consumers, admin clients and streams have in common. */
    public Map<String, Object> common(String use) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + "-" + use);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 50);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 200);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 500);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 1000);
        settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 5000);
        return settings;
    }

    /** For admin clients: a call gives up within seconds rather than a minute. */
    public Map<String, Object> admin(String use) {
        Map<String, Object> settings = common(use);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 5000);
        return settings;
    }

    /**
     * For producers: idempotent, every in-sync replica has it before it is acknowledged.
     *
     * @param giveUpAfter how long a record is tried; at least the request timeout
     */
    public Map<String, Object> producer(String use, Duration giveUpAfter) {
        Map<String, Object> settings = common(use);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5000);
        settings.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) Math.max(giveUpAfter.toMillis(), REQUEST_TIMEOUT_MS));
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20);
        return settings;
    }

    /** For consumers of partitions assigned by hand: committed records only, and no position that sets itself. */
    public Map<String, Object> reader(String use) {
        Map<String, Object> settings = common(use);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        return settings;
    }

    /** For Kafka Streams, with the client settings under their prefixes; application id and state are the caller's. */
    public Map<String, Object> streams() {
        Map<String, Object> settings = new HashMap<>(common("streams"));
        Map.of(
                        ProducerConfig.LINGER_MS_CONFIG, (Object) 0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, 5000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5000,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 2000,
                        ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20)
                .forEach((key, value) -> settings.put("producer." + key, value));
        settings.put("consumer." + ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        settings.put("consumer." + ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5000);
        settings.put("admin." + CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 5000);
        return settings;
    }
}
