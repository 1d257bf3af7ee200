package dev.holdfast.cli.doctor;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.output.Span;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** What the brokers say of our topics. */
final class TopicChecks {

    private static final int LEAST_IN_SYNC = 2;

    private TopicChecks() {}

    static List<Check> of(ClusterAccess access) {
        try {
            Map<String, TopicDescription> topics = access.admin()
                    .describeTopics(TopicCatalogue.ALL.stream().map(Topic::name).toList())
                    .allTopicNames()
                    .get();
            ConfigResource journal = new ConfigResource(ConfigResource.Type.TOPIC, TopicCatalogue.AUDIT_JOURNAL.name());
            String retention = access.admin().describeConfigs(List.of(journal)).all().get().get(journal)
                    .get(TopicConfig.RETENTION_MS_CONFIG).value();
            return List.of(inSync(topics), retention(Long.parseLong(retention)));
        } catch (ExecutionException failed) {
            return List.of(Check.fail("topics", Check.CLUSTER,
                    "the brokers do not say: " + failed.getCause().getMessage(), "all there", "'status' and the nodes' logs; 'up' makes what is missing"));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted while asking for topics");
        }
    }

    private static Check inSync(Map<String, TopicDescription> topics) {
        List<TopicPartitionInfo> partitions =
                topics.values().stream().flatMap(topic -> topic.partitions().stream()).toList();
        int fewest = partitions.stream().mapToInt(partition -> partition.isr().size()).min().orElse(0);
        long behind = partitions.stream()
                .filter(partition -> partition.isr().size() < partition.replicas().size())
                .count();
        Verdict verdict = fewest < LEAST_IN_SYNC ? Verdict.FAIL : behind > 0 ? Verdict.WARN : Verdict.OK;
        return Check.of(verdict, "topics", Check.CLUSTER,
                topics.size() + " topics, " + behind + " with a copy behind, fewest copies in sync " + fewest,
                Topic.REPLICAS + " in sync; below " + LEAST_IN_SYNC + " nothing is acknowledged",
                "bring the brokers back that are missing; they catch up by themselves");
    }

    private static Check retention(long millis) {
        long promised = Long.parseLong(TopicCatalogue.AUDIT_JOURNAL.settings().get(TopicConfig.RETENTION_MS_CONFIG));
        boolean kept = millis < 0 || millis >= promised;
        return Check.of(kept ? Verdict.OK : Verdict.WARN, "journal", Check.CLUSTER,
                "kept for " + (millis < 0 ? "ever" : Span.of(Duration.ofMillis(millis))),
                "at least " + Span.of(Duration.ofMillis(promised)),
                "set " + TopicConfig.RETENTION_MS_CONFIG + "=" + promised + " on topic "
                        + TopicCatalogue.AUDIT_JOURNAL);
    }
}
