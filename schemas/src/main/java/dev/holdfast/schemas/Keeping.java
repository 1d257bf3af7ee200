package dev.holdfast.schemas;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How Kafka keeps a topic. Each method gives the settings in which the kinds of topics differ from each other. */
final class Keeping {

    private static final int MIB = 1024 * 1024;

    /**
     * Largest record of the topics the decision maker reads. Small, so that no writer can make it copy much.
     */
    static final int INPUT_BYTES = 64 * 1024;

    /**
     * Largest record of the topics the decision maker writes. A decision can quote a whole input and add its cause,
     * and one that did not fit would stop the task for good, so there is room to spare.
     */
    static final int OUTPUT_BYTES = MIB;

    private Keeping() {}

    /** Deleted when older than that. */
    static Map<String, String> during(Duration retention) {
        return Map.of("cleanup.policy", "delete", "retention.ms", String.valueOf(retention.toMillis()));
    }

    /** Never deleted. */
    static Map<String, String> forEver() {
        return Map.of("cleanup.policy", "delete", "retention.ms", "-1");
    }

    /**
     * The newest record of each key is kept. A superseded record stays for an hour, so that a reader that follows
     * the topic sees every change, and a tombstone for 30 days, so that a cluster that was down for a holiday still
     * learns what was removed.
     */
    static Map<String, String> newest() {
        return Map.of(
                "cleanup.policy", "compact",
                "min.compaction.lag.ms", String.valueOf(Duration.ofHours(1).toMillis()),
                "delete.retention.ms", String.valueOf(Duration.ofDays(30).toMillis()),
                "min.cleanable.dirty.ratio", "0.1",
                "segment.ms", String.valueOf(Duration.ofHours(6).toMillis()));
    }

    /**
     * Complete settings of a topic.
     *
     * @param stampedBy {@code CreateTime} or {@code LogAppendTime}: see {@link #byWriter} and {@link #byBroker}
     */
    private static Map<String, String> settings(Map<String, String> kept, int maxBytes, String stampedBy) {
        Map<String, String> settings = new HashMap<>(kept);
        settings.put("max.message.bytes", String.valueOf(maxBytes));
        settings.put("min.insync.replicas", "2");
        settings.put("unclean.leader.election.enable", "false");
        // An acknowledged record must survive a power loss of every node at once.
        settings.put("flush.messages", "1");
        settings.put("segment.bytes", String.valueOf(32 * MIB));
        settings.put("message.timestamp.type", stampedBy);
        // Kafka refuses records dated more than an hour ahead: a wrong wall clock must not cost a node its lease.
        settings.put("message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
        return settings;
    }

    /** For topics written by nodes and people: the record's time is its writer's wall clock. */
    static Map<String, String> byWriter(Map<String, String> kept, int maxBytes) {
        return settings(kept, maxBytes, "CreateTime");
    }

    /**
     * For topics written by the decision maker: it sees no clock and stamps every record with one constant, by which
     * Kafka would take them for half a century old and delete them. The broker stamps them instead.
     */
    static Map<String, String> byBroker(Map<String, String> kept, int maxBytes) {
        return settings(kept, maxBytes, "LogAppendTime");
    }
}
