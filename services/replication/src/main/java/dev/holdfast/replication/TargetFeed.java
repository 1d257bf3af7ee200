package dev.holdfast.replication;

import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.messaging.ReportWriter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one target up to date with one run of a guest: always the newest snapshot, one transfer at a time. A
 * snapshot that was overtaken while another was under way is left out; a target that cannot be reached is tried
 * again after 1, 2, 4, 5, 5 … s, and each failure is reported.
 */
final class TargetFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TargetFeed.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    private final String guest;
    private final String node;
    private final Incarnation incarnation;
    private final String target;
    private final SnapshotSender sender;
    private final ReportWriter<ReplicaReport> reports;
    private final Thread thread;
    private Snapshot newest;
    private Snapshot sent;
    private boolean closed;

    TargetFeed(
            String guest, String node, Incarnation incarnation, String target, SnapshotSender sender,
            ReportWriter<ReplicaReport> reports) {
        this.guest = guest;
        this.node = node;
        this.incarnation = incarnation;
        this.target = target;
        this.sender = sender;
        this.reports = reports;
        this.thread = Thread.ofPlatform().name("replicate-" + guest + "-" + target).daemon().start(this::run);
    }

    synchronized void offer(Snapshot snapshot) {
        newest = snapshot;
        notifyAll();
    }

    private void run() {
        int failures = 0;
        try {
            while (true) {
                Snapshot next = awaitNext();
                if (next == null) {
                    return;
                }
                failures = feed(next, failures);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Snapshot awaitNext() throws InterruptedException {
        while (!closed && (newest == null || newest.equals(sent))) {
            wait();
        }
        return closed ? null : newest;
    }

    private int feed(Snapshot snapshot, int failures) throws InterruptedException {
        switch (sender.send(guest, snapshot, target)) {
            case SnapshotSender.Sent.Arrived arrived -> {
                arrived(snapshot);
                return 0;
            }
            case SnapshotSender.Sent.Failed failed -> {
                int more = failures + 1;
                LOG.info("{} not replicated to {} (failure {}): {}", guest, target, more, failed.reason());
                if (!isClosed()) {
                    reports.file(new ReplicaReport.ReplicationFailed(
                            guest, node, incarnation, target, failed.reason(), more));
                }
                retryPause(more);
                return more;
            }
        }
    }

    private synchronized void arrived(Snapshot snapshot) {
        sent = snapshot;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void retryPause(int failures) throws InterruptedException {
        Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 5));
        Duration bounded = pause.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause;
        long until = System.nanoTime() + bounded.toNanos();
        long rest = bounded.toMillis();
        while (!closed && rest > 0) {
            wait(rest);
            rest = Duration.ofNanos(until - System.nanoTime()).toMillis();
        }
    }

    /** Ends after a transfer that is under way. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits for the transfer under way, if any. */
    void awaitEnd(Duration atMost) throws InterruptedException {
        thread.join(atMost);
    }
}
