package dev.holdfast.cli.demo;

import dev.holdfast.cli.Failure;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.cli.read.Occurrence.Decided;
import dev.holdfast.cli.read.TopicTail;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.message.Heartbeat;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.encoding.Received;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows the log while a rehearsal goes on: decisions as they come, the newest beats, and what replication reports of
 * the guest. Committed records only.
 */
final class LogWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
    /** Two minutes of five nodes. */
    private static final int BEATS_KEPT = 2_000;

    private final ClusterAccess access;
    private final Consumer<Decided> listener;
    private final Thread thread;
    private final List<Decided> decisions = new ArrayList<>();
    private final Map<Long, Heartbeat> beats = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Heartbeat> eldest) {
            return size() > BEATS_KEPT;
        }
    };
    private final Map<String, List<ReplicaReport.Replicated>> transfers = new HashMap<>();
    private final Map<String, Long> pauses = new HashMap<>();
    private volatile boolean closed;

    private LogWatch(ClusterAccess access, Consumer<Decided> listener) {
        this.access = access;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("log-watch").unstarted(this::follow);
    }

    /**
     * Begins with the first record of the log.
     *
     * @param listener told of each decision as it is read, on a thread of its own
     */
    static LogWatch start(ClusterAccess access, Consumer<Decided> listener) {
        LogWatch watch = new LogWatch(access, listener);
        watch.thread.start();
        return watch;
    }

    /** All decisions read so far, in their order. */
    synchronized List<Decided> decisions() {
        return List.copyOf(decisions);
    }

    /** How many decisions have been read. */
    synchronized int count() {
        return decisions.size();
    }

    /** The beat at that offset, if it is one of the newest two thousand. */
    synchronized Optional<Heartbeat> beat(long offset) {
        return Optional.ofNullable(beats.get(offset));
    }

    /** The newest snapshot that a node reported to hold. */
    synchronized Optional<Snapshot> replicaOn(String node) {
        List<ReplicaReport.Replicated> received = transfers(node);
        return received.isEmpty() ? Optional.empty() : Optional.of(received.getLast().snapshot());
    }

    /** What a node reported to have received, oldest first. */
    synchronized List<ReplicaReport.Replicated> transfers(String node) {
        return List.copyOf(transfers.getOrDefault(node, List.of()));
    }

    /** How long the guest stood still for that snapshot, in milliseconds. */
    synchronized Optional<Long> pauseOf(Snapshot snapshot) {
        return Optional.ofNullable(pauses.get(snapshot.id()));
    }

    private void follow() {
        while (!closed) {
            try (TopicTail tail = access.tail(
                    TopicCatalogue.CLUSTER_EVENTS, TopicCatalogue.REPLICA_REPORTS, TopicCatalogue.NODE_HEARTBEATS)) {
                tail.fromBeginning();
                while (!closed) {
                    tail.poll(POLL).forEach(this::take);
                }
            } catch (Failure noAnswer) {
                // The log may be moving to another leader. Begin again: what is known already is passed over.
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(AFTER_FAILURE);
        } catch (InterruptedException closing) {
            closed = true;
        }
    }

    private void take(Received received) {
        if (!(received instanceof Received.Message message)) {
            return;
        }
        switch (message.body()) {
            case Decision decision ->
                decided(new Decided(message.origin().recordedAt(), message.origin().offset(), decision));
            case Heartbeat beat -> {
                synchronized (this) {
                    beats.put(message.origin().offset(), beat);
                }
            }
            case ReplicaReport report -> report(report);
            default -> { }
        }
    }

    private void decided(Decided decided) {
        synchronized (this) {
            if (!decisions.isEmpty() && decisions.getLast().decision().sequence() >= decided.decision().sequence()) {
                return;
            }
            decisions.add(decided);
        }
        listener.accept(decided);
    }

    private synchronized void report(ReplicaReport report) {
        switch (report) {
            case ReplicaReport.Replicated replicated -> {
                List<ReplicaReport.Replicated> known =
                        transfers.computeIfAbsent(replicated.node(), node -> new ArrayList<>());
                // The log may be read again from its beginning.
                if (!known.contains(replicated)) {
                    known.add(replicated);
                }
            }
            case ReplicaReport.SnapshotTaken taken -> pauses.put(taken.snapshot().id(), taken.pauseMs());
            default -> { }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(Duration.ofSeconds(3));
        } catch (InterruptedException hurried) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
