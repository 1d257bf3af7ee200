package dev.holdfast.replication;

import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.client.Answer;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.protocol.GuestView;
import dev.holdfast.messaging.ReportWriter;
import dev.holdfast.replication.volume.SnapshotOutcome;
import dev.holdfast.replication.volume.SnapshotRequest;
import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.volume.VolumeDriver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replicates one run of a guest that this node owns: snapshots at the policy's interval while the guard says that it
 * runs under that epoch, each offered to every target.
 */
final class OwnedGuest implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnedGuest.class);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** After a start the first copy is wanted soon, whatever the interval: until then there is nothing to recover. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final StartGuest start;
    private final String node;
    private final Incarnation incarnation;
    private final GuardClient guard;
    private final VolumeDriver driver;
    private final Supplier<Duration> clock;
    private final ReportWriter<ReplicaReport> reports;
    private final List<TargetFeed> targets;
    private final Thread thread;
    /** Waited on instead of sleeping: an interrupt could close a file in the middle of a snapshot. */
    private final CountDownLatch closed = new CountDownLatch(1);

    OwnedGuest(
            StartGuest start,
            String node,
            Incarnation incarnation,
            GuardClient guard,
            VolumeDriver driver,
            Supplier<Duration> clock,
            ReportWriter<ReplicaReport> reports,
            List<TargetFeed> targets) {
        this.start = start;
        this.node = node;
        this.incarnation = incarnation;
        this.guard = guard;
        this.driver = driver;
        this.clock = clock;
        this.reports = reports;
        this.targets = List.copyOf(targets);
        this.thread = Thread.ofPlatform().name("snapshots-" + start.guest()).daemon().start(this::run);
    }

    private void run() {
        try {
            if (!awaitRunning()) {
                return;
            }
            closedWithin(FIRST);
            long next = System.nanoTime();
            while (!isClosed() && isRunning()) {
                takeOne();
                // From plan to plan, not from end to start: a slow copy must not stretch the interval.
                next = Math.max(next + policy().interval().toNanos(), System.nanoTime());
                sleepUntil(next);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private ReplicationPolicy policy() {
        return start.spec().replication();
    }

    private boolean awaitRunning() throws InterruptedException {
        while (!isClosed()) {
            if (isRunning()) {
                return true;
            }
            closedWithin(LOOK);
        }
        return false;
    }

    private boolean isRunning() {
        return guard.list() instanceof Answer.Given<List<GuestView>> given
                && given.value().stream().anyMatch(view -> view.guest().equals(start.guest())
                        && view.epoch() == start.epoch());
    }

    private void sleepUntil(long nanoTime) throws InterruptedException {
        long rest = nanoTime - System.nanoTime();
        if (rest > 0) {
            closedWithin(Duration.ofNanos(rest));
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private boolean closedWithin(Duration wait) throws InterruptedException {
        return closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Takes one snapshot and offers it to the targets. */
    private void takeOne() {
        SnapshotOutcome outcome;
        try {
            outcome = driver.snapshot(new SnapshotRequest(
                    start.guest(), start.epoch(), nextSequence(), node, incarnation, clock,
                    new GuestPause(guard, start.guest()), policy().maxPause()));
        } catch (IOException unreadable) {
            dropped(Duration.ZERO, unreadable.getMessage());
            return;
        }
        switch (outcome) {
            case SnapshotOutcome.Taken taken -> taken(taken);
            case SnapshotOutcome.Dropped drop -> dropped(drop.pause(), drop.detail());
        }
    }

    private long nextSequence() throws IOException {
        return driver.newest(start.guest())
                .map(StoredSnapshot::snapshot)
                .filter(snapshot -> snapshot.epoch() == start.epoch())
                .map(snapshot -> snapshot.sequence() + 1)
                .orElse(1L);
    }

    private void taken(SnapshotOutcome.Taken taken) {
        Snapshot snapshot = taken.snapshot().snapshot();
        reports.file(new ReplicaReport.SnapshotTaken(
                start.guest(), node, incarnation, snapshot, taken.pause().toMillis(), false));
        targets.forEach(target -> target.offer(snapshot));
        retain();
    }

    private void retain() {
        try {
            driver.retain(start.guest(), policy().keep(), Set.of());
        } catch (IOException failed) {
            LOG.warn("old snapshots of {} were not removed: {}", start.guest(), failed.getMessage());
        }
    }

    private void dropped(Duration pause, String reason) {
        LOG.warn("snapshot of {} dropped: {}", start.guest(), reason);
        reports.file(new ReplicaReport.SnapshotDropped(
                start.guest(), node, incarnation, start.epoch(), pause.toMillis(), reason));
    }

    long epoch() {
        return start.epoch();
    }

    /** Takes no further snapshot by itself and lets the transfers under way end. */
    void endSchedule(Duration atMost) throws InterruptedException {
        close();
        thread.join(atMost);
        for (TargetFeed target : targets) {
            target.awaitEnd(atMost);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        targets.forEach(TargetFeed::close);
    }
}
