package dev.holdfast.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loads a database through JDBC and measures from outside what its users would see: how long nobody gets an answer,
 * and which acknowledged rows are gone afterwards.
 *
 * <p>An answer to any connection is an answer. All times are {@link System#nanoTime}, so that they can be compared
 * with the time of a blow in the same JVM.
 */
public final class LoadClient implements AutoCloseable {

    private static final Duration NOTICE_EVERY = Duration.ofMillis(10);

    private final LoadSettings settings;
    private final AcknowledgedRows rows;
    private final AnswerTimeline timeline;
    private final AtomicInteger corrupt = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    private LoadClient(LoadSettings settings, LoadListener listener) {
        this.settings = settings;
        this.rows = new AcknowledgedRows(settings.mostRows());
        this.timeline = new AnswerTimeline(settings.lostAfter().toNanos(), listener);
    }

    /** Begins to load at once, whether the database answers already or not. */
    public static LoadClient start(LoadSettings settings, LoadListener listener) {
        LoadClient client = new LoadClient(settings, listener);
        client.begin();
        return client;
    }

    /** Rows acknowledged so far. */
    public int rowsAcknowledged() {
        return rows.count();
    }

    /** Whether the database has answered and is not lost. */
    public boolean answering() {
        return timeline.answering();
    }

    /** The gap that a blow at this time caused, also while it lasts; empty if nothing was lost since. */
    public Optional<Gap> gapOf(long blowAt) {
        return timeline.lossAfter(blowAt, System.nanoTime());
    }

    /**
     * Reads every row of the run and compares; the load may go on meanwhile.
     *
     * @param limit for the whole check
     * @throws TimeoutException   if the database did not answer within the limit
     * @throws ExecutionException if it answered with an error
     */
    public LoadReport check(Duration limit) throws TimeoutException, ExecutionException, InterruptedException {
        return check(limit, Optional.empty());
    }

    /**
     * {@link #check(Duration)}, with the losses of a blow told from later ones.
     *
     * @param blowAt {@link System#nanoTime} just before the blow
     */
    public LoadReport checkAfter(long blowAt, Duration limit)
            throws TimeoutException, ExecutionException, InterruptedException {
        return check(limit, Optional.of(blowAt));
    }

    private LoadReport check(Duration limit, Optional<Long> blowAt)
            throws TimeoutException, ExecutionException, InterruptedException {
        AcknowledgedRows.Snapshot before = rows.snapshot();
        Optional<Gap> gap = blowAt.flatMap(this::gapOf);
        BitSet present = new BitSet();
        AtomicInteger corruptNow = new AtomicInteger();
        try (LoadConnection database = new LoadConnection(settings, "load-check")) {
            database.readAll(limit, row -> {
                if (row.intact()) {
                    present.set(row.id());
                } else {
                    corruptNow.incrementAndGet();
                }
            });
        }
        AcknowledgedRows.Snapshot after = rows.snapshot();
        BitSet lost = new BitSet();
        int lostLater = 0;
        Optional<Long> firstLostAt = Optional.empty();
        for (int id = 1; id <= before.highest(); id++) {
            if (before.contains(id) && !present.get(id)) {
                long acknowledgedAt = before.acknowledgedAt(id);
                if (firstLostAt.isEmpty() || acknowledgedAt - firstLostAt.get() < 0) {
                    firstLostAt = Optional.of(acknowledgedAt);
                }
                if (gap.isEmpty() || before.containsBefore(id, gap.get().to())) {
                    lost.set(id);
                } else {
                    lostLater++;
                }
            }
        }
        int unacknowledged = (int) present.stream().filter(id -> !after.contains(id)).count();
        return new LoadReport(rows.count(), lost.cardinality(), lostLater, unacknowledged, corruptNow.get() + corrupt.get(),
                timeline.longest(System.nanoTime()), gap, lost, firstLostAt);
    }

    /** Ends the load; returns when its connections are given up. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin() {
        for (int i = 1; i <= settings.connections(); i++) {
            String name = "load-" + i;
            threads.add(Thread.ofVirtual().name(name).start(
                    new LoadWriter(settings, rows, timeline, corrupt, name)));
        }
        threads.add(Thread.ofVirtual().name("load-timeline").start(this::notice));
    }

    private void notice() {
        try {
            while (true) {
                timeline.noticeLoss(System.nanoTime());
                Thread.sleep(NOTICE_EVERY);
            }
        } catch (InterruptedException closed) {
            // The client was closed.
        }
    }
}
