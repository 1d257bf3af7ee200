package dev.holdfast.guard.server;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One line per transition. Written by a thread of its own and dropped when it does not keep up: a full or hanging
 * disk must not hold up whoever decides about guests.
 */
public final class Log {

    private static final int LINES_WAITING = 1000;
    private static final long FLUSH_WAIT_MILLIS = 500;

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(LINES_WAITING);
    private final PrintStream out;
    private final Thread writer;

    public Log(PrintStream out) {
        this.out = out;
        this.writer = Thread.ofPlatform().name("log").daemon().start(this::write);
    }

    public void say(String line) {
        lines.offer(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
    }

    /** Gives what was said a moment to be written, before the process ends. */
    public void flush() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FLUSH_WAIT_MILLIS);
        while (writer.isAlive() && !lines.isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        out.flush();
    }

    private void write() {
        try {
            while (true) {
                out.println(lines.take());
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
