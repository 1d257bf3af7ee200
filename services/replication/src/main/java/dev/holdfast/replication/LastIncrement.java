package dev.holdfast.replication;

import dev.holdfast.core.event.GuestEvent.ReplicateFinal;
import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.replication.volume.Pause;
import dev.holdfast.replication.volume.SnapshotOutcome;
import dev.holdfast.replication.volume.SnapshotRequest;
import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.volume.VolumeDriver;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The last increment of a guest that stands still for good: one more snapshot, and the target gets exactly that one.
 * Nothing newer will come from this node.
 */
final class LastIncrement {

    private static final int ATTEMPTS = 3;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

    /** Nobody waits for a guest that does not run. */
    private static final Duration ANY_TIME = Duration.ofHours(1);

    private final Owner owner;
    private final VolumeDriver driver;
    private final Supplier<Duration> clock;
    private final SnapshotSender sender;
    private final Consumer<ReplicaReport> reports;

    LastIncrement(
            Owner owner, VolumeDriver driver, Supplier<Duration> clock, SnapshotSender sender,
            Consumer<ReplicaReport> reports) {
        this.owner = owner;
        this.driver = driver;
        this.clock = clock;
        this.sender = sender;
        this.reports = reports;
    }

    /**
     * Why the order cannot be carried out; null if it can. The volume may come from an earlier incarnation of this node,
     * which has heard of no start since. But an order that is older than a start is none any more.
     *
     * @param heard the newest start that this incarnation was told; null for none
     */
    static String refusal(ReplicateFinal order, StartGuest heard, boolean mayRun) {
        if (heard != null && heard.epoch() != order.epoch()) {
            return "its newest start here is of epoch " + heard.epoch() + ", not " + order.epoch();
        }
        return mayRun ? "it may still run here" : null;
    }

    /**
     * Takes it and sends it, or reports that it could not.
     *
     * @param mayRun whether a process of the guest may be there; asked again once the snapshot is taken, for one that was
     *     started meanwhile has written to what was read
     */
    void carryOut(ReplicateFinal order, StartGuest heard, BooleanSupplier mayRun) throws InterruptedException {
        String refusal = refusal(order, heard, mayRun.getAsBoolean());
        if (refusal != null) {
            notTaken(order, refusal);
            return;
        }
        try {
            switch (take(order)) {
                case SnapshotOutcome.Dropped dropped -> notTaken(order, dropped.detail());
                case SnapshotOutcome.Taken taken when mayRun.getAsBoolean() ->
                    notTaken(order, "it was started meanwhile");
                case SnapshotOutcome.Taken taken -> send(order, taken.snapshot().snapshot());
            }
        } catch (IOException unreadable) {
            notTaken(order, unreadable.getMessage());
        }
    }

    private SnapshotOutcome take(ReplicateFinal order) throws IOException {
        return driver.snapshot(new SnapshotRequest(
                order.guest(), order.epoch(), nextSequence(order), owner.node(), owner.incarnation(), clock,
                Pause.NOT_RUNNING, ANY_TIME));
    }

    private long nextSequence(ReplicateFinal order) throws IOException {
        return driver.newest(order.guest())
                .map(StoredSnapshot::snapshot)
                .filter(snapshot -> snapshot.epoch() == order.epoch())
                .map(snapshot -> snapshot.sequence() + 1)
                .orElse(1L);
    }

    private void send(ReplicateFinal order, Snapshot last) throws InterruptedException {
        reports.accept(new ReplicaReport.SnapshotTaken(
                order.guest(), owner.node(), owner.incarnation(), last, 0, true));
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (!(sender.send(order.guest(), last, order.target()) instanceof SnapshotSender.Sent.Failed failure)) {
                return;
            }
            if (attempt == ATTEMPTS) {
                failed(order, failure.reason(), attempt);
            } else {
                Thread.sleep(BETWEEN_ATTEMPTS);
            }
        }
    }

    private void notTaken(ReplicateFinal order, String why) {
        failed(order, "no snapshot of the stopped volume could be taken: " + why, 1);
    }

    private void failed(ReplicateFinal order, String reason, int attempts) {
        reports.accept(new ReplicaReport.ReplicationFailed(
                order.guest(), owner.node(), owner.incarnation(), order.target(), reason, attempts));
    }
}
