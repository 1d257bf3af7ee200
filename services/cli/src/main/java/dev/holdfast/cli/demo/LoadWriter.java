package dev.holdfast.cli.demo;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection's load: rows at a steady rate, every few of them read back, and again after each failure. */
final class LoadWriter implements Runnable {

    private static final int READ_EVERY = 4;
    /** Short, because it is added to the outage that is measured; not zero, because a refusal comes at once. */
    private static final long RETRY_MILLIS = 20;

    private final LoadSettings settings;
    private final AcknowledgedRows rows;
    private final AnswerTimeline timeline;
    private final AtomicInteger corrupt;
    private final String name;

    LoadWriter(LoadSettings settings, AcknowledgedRows rows, AnswerTimeline timeline, AtomicInteger corrupt,
               String name) {
        this.settings = settings;
        this.rows = rows;
        this.timeline = timeline;
        this.corrupt = corrupt;
        this.name = name;
    }

    @Override
    public void run() {
        long period = 1_000_000_000L * settings.connections() / settings.rowsPerSecond();
        long due = System.nanoTime();
        int turn = 0;
        int lastRow = 0;
        try (LoadConnection database = new LoadConnection(settings, name)) {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    lastRow = insert(database, lastRow);
                    if (++turn % READ_EVERY == 0 && lastRow > 0) {
                        read(database, lastRow);
                    }
                    // What an outage held back is not made up for: a burst would measure the burst.
                    due = Math.max(due + period, System.nanoTime());
                    sleepUntil(due);
                } catch (TimeoutException | ExecutionException failed) {
                    Thread.sleep(RETRY_MILLIS);
                }
            }
        } catch (InterruptedException closed) {
            // The client was closed.
        }
    }

    private int insert(LoadConnection database, int lastRow)
            throws TimeoutException, ExecutionException, InterruptedException {
        int id = rows.next();
        if (id == 0) {
            read(database, lastRow);
            return lastRow;
        }
        database.insert(LoadRow.of(settings.run(), id));
        long now = System.nanoTime();
        rows.acknowledge(id, now);
        timeline.answered(now);
        return id;
    }

    /** A row may be missing after a recovery, that is measured at the end; but what is there must be right. */
    private void read(LoadConnection database, int id)
            throws TimeoutException, ExecutionException, InterruptedException {
        Optional<LoadRow> found = database.read(id);
        timeline.answered(System.nanoTime());
        if (found.isPresent() && !found.get().intact()) {
            corrupt.incrementAndGet();
        }
    }

    private static void sleepUntil(long due) throws InterruptedException {
        long nanos = due - System.nanoTime();
        if (nanos > 0) {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        }
    }
}
