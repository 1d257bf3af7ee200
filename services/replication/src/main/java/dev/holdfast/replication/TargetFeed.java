package dev.holdfast.replication;

import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one target up to date with one run of a guest: always the newest snapshot, one transfer at a time. A
 * snapshot that was overtaken while another was under way is left out; a target that cannot be brought up to date is
 * tried again after a {@link BackOff}, and each failure is reported with the time of the next try.
 */
final class TargetFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TargetFeed.class);

    private final String guest;
    private final Owner owner;
    private final String target;
    private final Duration interval;
    private final SnapshotSender sender;
    private final Consumer<ReplicaReport> reports;
    private final Supplier<Duration> clock;
    private final Thread thread;
    /** What is to be sent next; null for nothing. */
    private Snapshot pending;
    /** Null for at once. */
    private Duration nextTry;
    private Snapshot arrived;
    private long bytes;
    private Duration took = Duration.ZERO;
    private int failures;
    private boolean held;
    private boolean closed;

    /**
     * @param interval at which the guest is copied
     * @param clock the node's witness clock
     */
    TargetFeed(
            String guest, Owner owner, String target, Duration interval, SnapshotSender sender,
            Consumer<ReplicaReport> reports, Supplier<Duration> clock) {
        this.guest = guest;
        this.owner = owner;
        this.target = target;
        this.interval = interval;
        this.sender = sender;
        this.reports = reports;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("replicate-" + guest + "-" + target).daemon().start(this::run);
    }

    /** @param atOnce whether a person waits for it: then no failure before delays it */
    synchronized void offer(Snapshot snapshot, boolean atOnce) {
        pending = snapshot;
        if (atOnce) {
            nextTry = null;
        }
        notifyAll();
    }

    /** Gives up what is not under way, until something is offered again. */
    synchronized void hold(boolean hold) {
        held = hold;
        if (hold) {
            pending = null;
        }
        notifyAll();
    }

    synchronized CopyStatus status() {
        return new CopyStatus(
                guest, target, Optional.ofNullable(arrived).map(copy -> clock.get().minus(copy.takenAt())), bytes, took,
                failures, held);
    }

    private void run() {
        try {
            for (Snapshot next = awaitNext(); next != null; next = awaitNext()) {
                feed(next);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Snapshot awaitNext() throws InterruptedException {
        while (!closed) {
            if (pending == null) {
                wait();
            } else if (nextTry == null || nextTry.compareTo(clock.get()) <= 0) {
                return pending;
            } else {
                wait(nextTry.minus(clock.get()).toMillis() + 1);
            }
        }
        return null;
    }

    private void feed(Snapshot snapshot) {
        Duration begun = clock.get();
        switch (sender.send(guest, snapshot, target)) {
            case SnapshotSender.Sent.Arrived sent -> arrived(snapshot, sent.bytes(), clock.get().minus(begun));
            case SnapshotSender.Sent.Failed failed -> failed(snapshot, failed.reason());
        }
    }

    private synchronized void arrived(Snapshot snapshot, long sent, Duration time) {
        if (snapshot.equals(pending)) {
            pending = null;
        }
        nextTry = null;
        arrived = snapshot;
        bytes = sent;
        took = time;
        failures = 0;
    }

    private synchronized void failed(Snapshot snapshot, String reason) {
        failures++;
        nextTry = clock.get().plus(BackOff.after(failures, interval));
        LOG.info("{} not replicated to {} (failure {}): {}", guest, target, failures, reason);
        if (!closed) {
            reports.accept(new ReplicaReport.ReplicationFailed(
                    guest, owner.node(), owner.incarnation(), target, reason, failures, snapshot,
                    pending == null ? null : nextTry));
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
