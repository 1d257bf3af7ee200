package dev.holdfast.quorum;

import dev.holdfast.messaging.ClientSettings;
import dev.holdfast.quorum.topology.ConstantTimestamp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What the quorum service of one node needs to know.
 *
 * @param cluster name of the cluster, for the source of what is written
 * @param node name of this node
 * @param clients how to reach Kafka
 * @param folder where Kafka Streams keeps its files; created if missing, and may be emptied while the service is down
 */
public record QuorumSettings(String cluster, String node, ClientSettings clients, Path folder) {

    /** Name of the application, the group, and the beginning of the names of internal topics, in every cluster. */
    public static final String APPLICATION = "holdfast-quorum";

    /** How long inputs that decide nothing may wait for their commit; a decision commits at once. */
    static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);

    private static final int POLL_MS = 100;

    public QuorumSettings {
        required("cluster", cluster);
        required("node", node);
        if (clients == null) {
            throw new IllegalArgumentException("quorum.clients is missing; it must say how to reach Kafka");
        }
        if (folder == null) {
            throw new IllegalArgumentException("quorum.folder is missing; it must name a folder");
        }
    }

    /** Settings of one Kafka Streams client. */
    Map<String, Object> streams() {
        Map<String, Object> settings = new HashMap<>(clients.streams());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, ConstantTimestamp.class);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
        settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
        settings.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, 5_000L);
        settings.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(StreamsConfig.LOG_SUMMARY_INTERVAL_MS_CONFIG, -1L);
        // A commit sends what is due at once; before it nobody can read it, so batches may as well fill up.
        settings.put(StreamsConfig.producerPrefix("linger.ms"), (int) COMMIT_INTERVAL.toMillis());
        // Of what fits into one commit zstd saves a tenth more, and takes a reader three times as long. This one also goes
        // on in plain Java where no native code can be loaded.
        settings.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
        return settings;
    }

    private static void required(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("quorum." + field + " is '" + value + "'; it must not be empty");
        }
    }
}
