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
    private static final int LONGEST_BLOCK_MS = 5000;
    private static final long BUFFER_BYTES = 4L << 20;

    /**
     * A client asks for new metadata after at most the retry back-off, and not while it connects to any broker. If it
     * may connect to a dead leader sooner than that, it does nothing else: seen for 12 s, until its luck changed. Kafka
     * varies both back-offs by a fifth.
     */
    private static final int RETRY_BACKOFF_MS = 50;

    private static final int RETRY_BACKOFF_MAX_MS = 100;
    private static final int RECONNECT_BACKOFF_MS = 250;
    private static final int RECONNECT_BACKOFF_MAX_MS = 500;

    /** An empty fetch is answered after this, well within a request's timeout; one with records at once. */
    private static final int FETCH_WAIT_MS = 500;

    public ClientSettings {
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException("bootstrap is empty; it must name host:port of at least one broker");
        }
    }

    /** What producers, consumers, admin clients and streams have in common. */
    public Map<String, Object> common(String use) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + "-" + use);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MS);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, RETRY_BACKOFF_MAX_MS);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_BACKOFF_MS);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_BACKOFF_MAX_MS);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 500);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 1000);
        settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 5000);
        return settings;
    }

    /** For admin clients: a call gives up within seconds rather than a minute. */
    public Map<String, Object> admin(String use) {
        Map<String, Object> settings = common(use);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_BLOCK_MS);
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
        // A thread that beats must not stand still in one send for so long that its lease is lost.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(LONGEST_BLOCK_MS, giveUpAfter.toMillis() / 2));
        settings.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) Math.max(giveUpAfter.toMillis(), REQUEST_TIMEOUT_MS));
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
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
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_BLOCK_MS);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }

    /**
     * For Kafka Streams: exactly once, internal topics as durable as our own, the client settings under their prefixes.
     * Application id, state folder, and where to begin without a committed position are the caller's. Standbys are
     * set on the brokers ({@code group.streams.num.standby.replicas}), as the streams protocol wants it.
     */
    public Map<String, Object> streams() {
        Map<String, Object> settings = new HashMap<>(common("streams"));
        settings.put("group.protocol", "streams");
        settings.put("processing.guarantee", "exactly_once_v2");
        settings.put("commit.interval.ms", 50);
        settings.put("num.stream.threads", 1);
        settings.put("replication.factor", 3);
        settings.put("topic.min.insync.replicas", 2);
        settings.put("topic.flush.messages", 1);
        settings.put("ensure.explicit.internal.resource.naming", true);
        // Streams must not wait for a silent input: the order of the inputs is that of their arrival, and journalled.
        settings.put("max.task.idle.ms", -1);
        Map.of(
                        ProducerConfig.LINGER_MS_CONFIG, (Object) 0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK_MS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, LONGEST_BLOCK_MS,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 2000,
                        ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES)
                .forEach((key, value) -> settings.put("producer." + key, value));
        settings.put("consumer." + ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        settings.put("consumer." + ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_BLOCK_MS);
        // It asks the leader it knows where a changelog ends, and waits for this long for one that is dead by now.
        settings.put("admin." + CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        return settings;
    }
}
