package dev.holdfast.replication;

import dev.holdfast.core.event.GuestEvent.StartGuest;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.message.ReplicaReport;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.replication.OwnedProcess.State;
import dev.holdfast.replication.volume.Pause;
import dev.holdfast.replication.volume.SnapshotOutcome;
import dev.holdfast.replication.volume.SnapshotRequest;
import dev.holdfast.replication.volume.StoredSnapshot;
import dev.holdfast.replication.volume.VolumeDriver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replicates one run of a guest that this node owns: snapshots by the plan while the guest runs under that epoch, and
 * whenever a person asks for one, each offered to every target. One snapshot at a time: nothing is taken while another
 * is.
 */
final class OwnedGuest implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnedGuest.class);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** Each is answered with a snapshot of its own; who asks faster than they can be taken is told so. */
    private static final int MOST_ASKED = 8;

    /** However long nothing is to be done, that the run is over is noticed by then. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /**
     * What is next.
     *
     * @param takes whether a snapshot is to be taken; otherwise it was only time to look whether the guest still runs
     * @param command id of the command that asks for it; null if it is due
     */
    private record Turn(boolean takes, String command) {

        private static final Turn DUE = new Turn(true, null);
        private static final Turn LOOK = new Turn(false, null);
    }

    private final StartGuest start;
    private final Owner owner;
    private final OwnedProcess process;
    private final VolumeDriver driver;
    private final Supplier<Duration> clock;
    private final Consumer<ReplicaReport> reports;
    private final Function<String, TargetFeed> feeds;
    private final Map<String, TargetFeed> targets = new LinkedHashMap<>();
    private final Deque<String> asked = new ArrayDeque<>();
    private SnapshotPlan plan;
    private boolean held;
    private boolean resumed;
    /** The run is over; what was taken of it is still sent. */
    private boolean ended;
    private boolean closed;
    private final Thread thread;

    /**
     * For no target yet; see {@link #replicateTo}.
     *
     * @param clock the node's witness clock
     * @param feeds makes what sends to a target
     */
    OwnedGuest(
            StartGuest start,
            Owner owner,
            OwnedProcess process,
            VolumeDriver driver,
            Supplier<Duration> clock,
            Consumer<ReplicaReport> reports,
            Function<String, TargetFeed> feeds) {
        this.start = start;
        this.owner = owner;
        this.process = process;
        this.driver = driver;
        this.clock = clock;
        this.reports = reports;
        this.feeds = feeds;
        this.thread = Thread.ofPlatform().name("snapshots-" + start.guest()).daemon().start(this::run);
    }

    private void run() {
        try {
            if (awaitRunning()) {
                // As long as it is not known to have ended: a guard that is silent once must not end its copies for ever.
                for (Turn turn = awaitTurn(); turn != null && process.state() != State.DO_NOT_RUN; turn = awaitTurn()) {
                    if (turn.takes()) {
                        takeOne(turn.command());
                    }
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private synchronized void end() {
        ended = true;
        List.copyOf(asked).forEach(command -> dropped(Duration.ZERO, "it does not run here any more", command));
    }

    private ReplicationPolicy policy() {
        return start.spec().replication();
    }

    private boolean awaitRunning() throws InterruptedException {
        while (!closedWithin(LOOK)) {
            if (process.state() == State.RUN) {
                beginPlan();
                return true;
            }
        }
        return false;
    }

    private synchronized boolean closedWithin(Duration atMost) throws InterruptedException {
        if (!closed) {
            wait(atMost.toMillis());
        }
        return closed;
    }

    private synchronized void beginPlan() {
        plan = new SnapshotPlan(start.guest(), policy().interval(), clock.get());
    }

    /**
     * Waits until a snapshot is wanted, or for a while. Waiting, not sleeping: an interrupt could close a file in the
     * middle of a snapshot.
     *
     * @return null once this is closed
     */
    private synchronized Turn awaitTurn() throws InterruptedException {
        Turn turn = turn();
        if (turn == Turn.LOOK && !closed) {
            long rest = held ? LONGEST_WAIT.toMillis() : plan.due().minus(clock.get()).toMillis() + 1;
            wait(Math.clamp(rest, 1, LONGEST_WAIT.toMillis()));
            turn = turn();
        }
        return closed ? null : turn;
    }

    private Turn turn() {
        if (!asked.isEmpty()) {
            return new Turn(true, asked.peek());
        }
        Duration now = clock.get();
        if (held || !resumed && plan.due().compareTo(now) > 0) {
            return Turn.LOOK;
        }
        resumed = false;
        plan.take(now);
        return Turn.DUE;
    }

    /** Takes one snapshot and offers it to the targets. */
    private void takeOne(String command) {
        Pause pause = process.pause();
        SnapshotOutcome outcome;
        try {
            outcome = driver.snapshot(new SnapshotRequest(
                    start.guest(), start.epoch(), nextSequence(), owner.node(), owner.incarnation(), clock, pause,
                    policy().maxPause()));
        } catch (IOException | RuntimeException unreadable) {
            // Whatever it is, the next one may well succeed: a guest must not go uncopied for ever because of it.
            dropped(Duration.ZERO, String.valueOf(unreadable.getMessage()), command);
            return;
        }
        switch (outcome) {
            case SnapshotOutcome.Taken taken -> {
                taken(taken, command, pause instanceof HookedPause hooked ? hooked.failure() : null);
                retain();
            }
            case SnapshotOutcome.Dropped drop -> dropped(drop.pause(), drop.detail(), command);
        }
    }

    private long nextSequence() throws IOException {
        return driver.newest(start.guest())
                .map(StoredSnapshot::snapshot)
                .filter(snapshot -> snapshot.epoch() == start.epoch())
                .map(snapshot -> snapshot.sequence() + 1)
                .orElse(1L);
    }

    private synchronized void taken(SnapshotOutcome.Taken taken, String command, String hookFailure) {
        Snapshot snapshot = taken.snapshot().snapshot();
        reports.accept(new ReplicaReport.SnapshotTaken(
                start.guest(), owner.node(), owner.incarnation(), snapshot, taken.pause().toMillis(), false,
                plan.missed(), next(), hookFailure, command));
        asked.remove(command);
        // A pause that was asked for meanwhile holds for what was taken by the plan.
        if (!held || command != null) {
            targets.values().forEach(target -> target.offer(snapshot, command != null));
        }
    }

    private Duration next() {
        return held || ended || plan == null ? null : plan.due();
    }

    private void retain() {
        try {
            driver.retain(start.guest(), policy().keep(), Set.of());
        } catch (IOException failed) {
            LOG.warn("old snapshots of {} were not removed: {}", start.guest(), failed.getMessage());
        }
    }

    private synchronized void dropped(Duration pause, String reason, String command) {
        LOG.warn("snapshot of {} dropped: {}", start.guest(), reason);
        asked.remove(command);
        reports.accept(new ReplicaReport.SnapshotDropped(
                start.guest(), owner.node(), owner.incarnation(), start.epoch(), pause.toMillis(), reason, next(),
                command));
    }

    long epoch() {
        return start.epoch();
    }

    /** Sends what is taken from now on to these nodes and to no others. */
    synchronized void replicateTo(List<String> nodes) {
        if (closed) {
            return;
        }
        targets.entrySet().removeIf(target -> {
            boolean gone = !nodes.contains(target.getKey());
            if (gone) {
                target.getValue().close();
            }
            return gone;
        });
        for (String node : nodes) {
            if (!targets.containsKey(node)) {
                TargetFeed feed = feeds.apply(node);
                feed.hold(held);
                targets.put(node, feed);
            }
        }
    }

    /** Takes one more snapshot as soon as none is under way, held or not; what comes of it names that command. */
    synchronized void replicateNow(String command) {
        boolean over = closed || ended;
        if (over || asked.size() >= MOST_ASKED) {
            dropped(Duration.ZERO, over ? "it does not run here any more" : "too many were asked for", command);
            return;
        }
        asked.add(command);
        notifyAll();
    }

    /** Follows the plan no more, or does so again: then with one snapshot at once. */
    synchronized void hold(boolean hold) {
        resumed = held && !hold;
        if (resumed && plan != null) {
            plan.skip(clock.get());
        }
        held = hold;
        targets.values().forEach(target -> target.hold(hold));
        notifyAll();
    }

    /** How each target stands; none once the run is over. */
    synchronized List<CopyStatus> status() {
        return closed || ended ? List.of() : targets.values().stream().map(TargetFeed::status).toList();
    }

    /** Takes no further snapshot by itself and lets the transfers under way end. */
    void endSchedule(Duration atMost) throws InterruptedException {
        close();
        thread.join(atMost);
        for (TargetFeed target : targets.values()) {
            target.awaitEnd(atMost);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        targets.values().forEach(TargetFeed::close);
        notifyAll();
    }
}
