package dev.holdfast.quorum;

import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Watches one client from end to end: the heartbeat log goes in, the committed journal comes out. */
final class ProgressWatch {

    private static final int LONGEST_CALL_MS = 1_500;
    private static final TopicPartition IN = partition(TopicCatalogue.NODE_HEARTBEATS);
    private static final TopicPartition OUT = partition(TopicCatalogue.AUDIT_JOURNAL);

    private final Admin admin;
    private final QuorumClient client;
    private final ProgressJudge judge;
    private long firstCommitted = -1;
    private boolean committed;

    /**
     * @param givenUp clients given up in a row before this one
     */
    ProgressWatch(Admin admin, QuorumClient client, int givenUp) {
        this.admin = admin;
        this.client = client;
        this.judge = new ProgressJudge(givenUp);
    }

    /** Looks once. If Kafka does not answer, nothing is known and nothing is held against the client. */
    boolean isStuck() throws InterruptedException {
        try {
            ListOffsetsResult ends = admin.listOffsets(
                    Map.of(IN, OffsetSpec.latest(), OUT, OffsetSpec.latest()),
                    new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(LONGEST_CALL_MS));
            long logEnd = ends.partitionResult(IN).get().offset();
            long journalEnd = ends.partitionResult(OUT).get().offset();
            note(journalEnd);
            Duration now = Duration.ofNanos(System.nanoTime());
            return judge.isStuck(new ProgressJudge.Sighting(
                    now, logEnd, journalEnd, client.isActive(), client.restored()));
        } catch (ExecutionException e) {
            return false;
        }
    }

    private void note(long journalEnd) {
        firstCommitted = firstCommitted < 0 ? journalEnd : firstCommitted;
        committed |= journalEnd > firstCommitted;
    }

    /** Whether anything was committed, here or elsewhere, since this client is watched. */
    boolean hasCommitted() {
        return committed;
    }

    /** How long the log has moved without a commit. */
    Duration stuckFor() {
        return judge.stuckFor();
    }

    private static TopicPartition partition(Topic topic) {
        return new TopicPartition(topic.name(), 0);
    }
}
