package dev.holdfast.quorum;

import dev.holdfast.schemas.TopicCatalogue;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the group goes on reading the heartbeat log (rule R10). If that is not known, or not on the log any more, it
 * is set to the log's start in so many words; the decision maker then finds that offsets do not continue where its
 * state ends, and freezes. On a new cluster both are zero and nothing is wrong.
 */
final class LogPosition {

    private static final Logger LOG = LoggerFactory.getLogger(LogPosition.class);
    private static final TopicPartition LOG_PARTITION =
            new TopicPartition(TopicCatalogue.NODE_HEARTBEATS.name(), 0);

    private final Admin admin;

    LogPosition(Admin admin) {
        this.admin = admin;
    }

    /**
     * Makes sure that the group has a position on the log.
     *
     * @throws ExecutionException if Kafka cannot say, or another member of the group is at work and has none either
     */
    void ensure() throws ExecutionException, InterruptedException {
        long start = offset(OffsetSpec.earliest());
        long end = offset(OffsetSpec.latest());
        OffsetAndMetadata committed = committed();
        boolean valid = committed != null && committed.offset() >= start && committed.offset() <= end;
        if (valid) {
            return;
        }
        if (committed == null && start == 0) {
            LOG.info("no position on {} yet: reading begins at its start", LOG_PARTITION.topic());
        } else {
            LOG.error("position on {} is {}, the log holds {} to {}: reading begins at {}, and unless that is where the "
                            + "state ends the cluster freezes",
                    LOG_PARTITION.topic(), committed == null ? "missing" : committed.offset(), start, end, start);
        }
        admin.alterStreamsGroupOffsets(
                QuorumSettings.APPLICATION, Map.of(LOG_PARTITION, new OffsetAndMetadata(start))).all().get();
    }

    private long offset(OffsetSpec which) throws ExecutionException, InterruptedException {
        ListOffsetsResultInfo found =
                admin.listOffsets(Map.of(LOG_PARTITION, which)).partitionResult(LOG_PARTITION).get();
        return found.offset();
    }

    /** Null if the group has no position there. */
    private OffsetAndMetadata committed() throws ExecutionException, InterruptedException {
        try {
            return admin.listStreamsGroupOffsets(
                            Map.of(QuorumSettings.APPLICATION, new ListStreamsGroupOffsetsSpec()))
                    .partitionsToOffsetAndMetadata(QuorumSettings.APPLICATION).get().get(LOG_PARTITION);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return null;
            }
            throw e;
        }
    }
}
