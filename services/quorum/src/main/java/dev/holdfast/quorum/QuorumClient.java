package dev.holdfast.quorum;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of a Kafka Streams client: from joining the group until it fails, is stuck, or is closed. */
final class QuorumClient {

    private static final Logger LOG = LoggerFactory.getLogger(QuorumClient.class);
    private static final int MOST_REPLACEMENTS = 3;

    private final KafkaStreams streams;
    private final AtomicLong restored = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private int replacements;

    QuorumClient(Topology topology, Map<String, Object> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        streams = new KafkaStreams(topology, properties);
        streams.setUncaughtExceptionHandler(this::onFailure);
        streams.setGlobalStateRestoreListener(new Restoring());
        streams.setStateListener((next, before) -> LOG.info("quorum task: {} after {}", next, before));
    }

    void start() {
        streams.start();
    }

    /**
     * Leaves the group and stops.
     *
     * @return false if its thread still hangs in a call to Kafka; it can harm nothing, being fenced by its successor
     */
    boolean close(Duration atMost) {
        return streams.close(atMost);
    }

    /** Why it has ended itself; empty while it has not. */
    Optional<Throwable> failure() {
        if (failure.get() == null && streams.state() == KafkaStreams.State.ERROR) {
            failure.compareAndSet(null, new StreamsException("the client ended without saying why"));
        }
        return Optional.ofNullable(failure.get());
    }

    boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Whether the task is here and past its restore. */
    boolean isActive() {
        return isRunning()
                && streams.metadataForLocalThreads().stream().anyMatch(thread -> !thread.activeTasks().isEmpty());
    }

    /** Records restored so far: a long restore is progress too. */
    long restored() {
        return restored.get();
    }

    /** Records by which the state kept here is behind its changelog; -1 if none is kept or Kafka does not say. */
    long changelogLag() {
        try {
            return streams.allLocalStorePartitionLags().values().stream()
                    .flatMap(store -> store.values().stream())
                    .mapToLong(LagInfo::offsetLag)
                    .max()
                    .orElse(-1);
        } catch (StreamsException | IllegalStateException e) {
            return -1;
        }
    }

    private synchronized StreamThreadExceptionResponse onFailure(Throwable thrown) {
        if (isTransient(thrown) && replacements < MOST_REPLACEMENTS) {
            replacements++;
            LOG.warn("quorum thread replaced: {}", thrown.toString());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        failure.compareAndSet(null, thrown);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static boolean isTransient(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof RetriableException;
    }

    private final class Restoring implements StateRestoreListener {
        @Override
        public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
            LOG.info("restoring {} records of {}", to - from, partition);
        }

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long end, long count) {
            restored.addAndGet(count);
        }

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long total) {
            LOG.info("restored {} records of {}", total, partition);
        }
    }
}
