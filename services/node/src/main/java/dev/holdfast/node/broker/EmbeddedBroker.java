package dev.holdfast.node.broker;

import dev.holdfast.node.cluster.NodeConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker and controller inside this JVM. One per process: Kafka's way to end the process and its metrics are
 * global.
 *
 * <p>Kafka ends the JVM on fatal errors. That is caught here and handed to a callback, once; the thread that asked for it
 * never continues, because Kafka relies on not returning.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Duration ORDERLY_SHUTDOWN = Duration.ofSeconds(10);

    private final KafkaRaftServer server;

    /**
     * Prepares the broker; nothing runs yet.
     *
     * @param logDir  formatted by {@link BrokerStorage}
     * @param onFault called at most once, from a thread of Kafka, when the broker cannot go on. It should end the
     *                process; the broker is not usable any more
     * @throws RuntimeException if the log directory is not formatted, belongs to another node, or cannot be read
     */
    public EmbeddedBroker(NodeConfig config, Path logDir, Consumer<BrokerFault> onFault) {
        surfaceFaults(onFault);
        server = new KafkaRaftServer(KafkaConfig.fromProps(BrokerProperties.of(config, logDir), false), Time.SYSTEM);
    }

    /**
     * Starts and waits until this broker serves clients. That needs a majority of the voters: a lone node waits here
     * without limit.
     *
     * @throws RuntimeException if it cannot start, e.g. because its ports are in use
     */
    public void start() {
        server.startup();
    }

    /** Orderly shutdown, as {@link #stop} with ten seconds. */
    @Override
    public void close() {
        stop(ORDERLY_SHUTDOWN);
    }

    /**
     * Hands leadership over and shuts down. Without a quorum Kafka would wait five minutes for a controller's
     * permission to leave; after {@code limit} the caller may simply end the process: every acknowledged record is on
     * disk.
     *
     * @return whether the shutdown was complete within the limit
     */
    public boolean stop(Duration limit) {
        Thread shutdown = Thread.ofPlatform().daemon().name("broker-shutdown").start(server::shutdown);
        try {
            return shutdown.join(limit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void surfaceFaults(Consumer<BrokerFault> onFault) {
        LastBrokerError lastError = LastBrokerError.watch();
        AtomicBoolean surfaced = new AtomicBoolean();
        Exit.Procedure surface = (status, message) -> {
            if (surfaced.compareAndSet(false, true)) {
                onFault.accept(new BrokerFault(status, lastError.text()));
            }
            throw new BrokerGone();
        };
        Exit.setExitProcedure(surface);
        Exit.setHaltProcedure(surface);
    }

    /** Unwinds the thread that wanted to end the process. */
    private static final class BrokerGone extends Error {
        private static final long serialVersionUID = 1L;

        BrokerGone() {
            super("the broker has ended itself", null, false, false);
        }
    }
}
