package dev.holdfast.messaging;

import dev.holdfast.core.message.Message;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files reports in the order they were given, each until the log has acknowledged it: a Stopped that got lost would
 * keep its guest down for ever.
 *
 * @param <T> what is reported
 */
public final class ReportWriter<T extends Message> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReportWriter.class);
    private static final Duration RETRY = Duration.ofMillis(200);

    private final BlockingQueue<T> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private final TopicWriter<T> topic;
    private final Function<T, String> key;
    private final Thread thread;
    private volatile boolean closing;

    /**
     * @param topic a writer whose producer the caller owns and closes after this
     * @param key the record's key
     * @param name of the thread, for people
     */
    public ReportWriter(TopicWriter<T> topic, Function<T, String> key, String name) {
        this.topic = topic;
        this.key = key;
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** Takes a report; returns at once. */
    public void file(T report) {
        unacknowledged.incrementAndGet();
        waiting.add(report);
    }

    /** Whether everything given was acknowledged. */
    public boolean isDone() {
        return unacknowledged.get() == 0;
    }

    private void run() {
        try {
            while (!closing) {
                send(waiting.take());
                unacknowledged.decrementAndGet();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(T report) throws InterruptedException {
        while (!closing) {
            try {
                topic.send(key.apply(report), report).get();
                LOG.info("{}", report.summary());
                return;
            } catch (ExecutionException | RuntimeException failed) {
                LOG.warn("report not filed yet, trying again: {}: {}", report.summary(), failed.toString());
                Thread.sleep(RETRY);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }
}
