package dev.holdfast.node.links;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The one thread of the relays: everything that touches a connection or the faults runs here, so that a cut takes effect
 * between two reads and never in the middle of one. Asleep when no byte moves.
 */
final class RelayLoop implements AutoCloseable {
    /** What a channel does when it is ready. */
    @FunctionalInterface
    interface Ready {
        void ready();
    }

    private record Timer(long dueNanos, Runnable task) {
    }

    /** Shared by all reads: a chunk is passed on or copied before the next read. */
    final ByteBuffer scratch = ByteBuffer.allocateDirect(128 * 1024);

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>((a, b) -> Long.signum(a.dueNanos - b.dueNanos));
    private final Thread thread;
    private volatile boolean closed;

    RelayLoop() throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().name("relays").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Registers a channel with no interest yet. On the loop's thread, or before it starts. */
    SelectionKey register(SelectableChannel channel, Ready ready) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, 0, ready);
    }

    /** Runs something on the loop's thread; the result is there when it has taken effect. */
    <T> CompletableFuture<T> submit(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException failed) {
                result.completeExceptionally(failed);
            }
        });
        selector.wakeup();
        return result;
    }

    /** Runs something later on the loop's thread. Timers of the same delay keep their order. */
    void after(Duration delay, Runnable task) {
        timers.add(new Timer(System.nanoTime() + delay.toNanos(), task));
    }

    void join() throws InterruptedException {
        thread.join();
    }

    /** Closes every channel and ends the thread; returns when that is done. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes what was registered, if the loop was never started. */
    void abandon() throws IOException {
        closeAll();
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(key -> ((Ready) key.attachment()).ready(), timeoutMillis());
                runTasks();
                runTimers();
            }
            closeAll();
        } catch (IOException broken) {
            System.err.println("relays stopped: " + broken);
        }
    }

    private void closeAll() throws IOException {
        try (selector) {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void runTimers() {
        for (Timer next = timers.peek(); next != null && next.dueNanos - System.nanoTime() <= 0; next = timers.peek()) {
            timers.poll().task.run();
        }
    }

    /** 0 means for ever, as {@link Selector#select(long)} has it. */
    private long timeoutMillis() {
        Timer next = timers.peek();
        if (next == null) {
            return 0;
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.dueNanos - System.nanoTime()));
    }
}
