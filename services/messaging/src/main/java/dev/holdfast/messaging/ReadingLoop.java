package dev.holdfast.messaging;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads through a consumer in a thread of its own, over every failure, until it is closed. Owns the consumer from
 * {@link #begin} on: until then its maker may use it.
 */
public final class ReadingLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadingLoop.class);
    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    private final String name;
    private final Consumer<?, ?> consumer;
    private final Duration afterFailure;
    private final Runnable turn;
    private volatile boolean closing;
    private Thread thread;

    /**
     * @param name of the thread
     * @param afterFailure how long to wait before the next turn when one has failed
     * @param turn polls the consumer once and deals with what came
     */
    public ReadingLoop(String name, Consumer<?, ?> consumer, Duration afterFailure, Runnable turn) {
        this.name = name;
        this.consumer = consumer;
        this.afterFailure = afterFailure;
        this.turn = turn;
    }

    /** Begins to read. */
    public void begin() {
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** Whether it is being closed, or has been. */
    public boolean isClosing() {
        return closing;
    }

    private void run() {
        while (!closing) {
            try {
                turn.run();
            } catch (WakeupException closed) {
                return;
            } catch (RuntimeException failed) {
                LOG.warn("{}: reading failed, going on: {}", name, failed.toString());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(afterFailure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the turn under way and closes the consumer. */
    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            if (thread != null) {
                thread.join(END_WITHIN);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
