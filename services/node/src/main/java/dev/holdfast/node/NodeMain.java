package dev.holdfast.node;

import dev.holdfast.node.broker.BrokerFault;
import dev.holdfast.node.broker.EmbeddedBroker;
import dev.holdfast.node.broker.QuorumJoin;
import dev.holdfast.node.cluster.ConfigFile;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.NodeFolder;
import dev.holdfast.node.process.ParentWatch;
import dev.holdfast.node.process.PidFile;
import dev.holdfast.node.process.UnpackedCode;
import dev.holdfast.node.service.NodeServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node process: {@code NodeMain D/<node>/node.yaml}.
 *
 * <p>Prints one line when it is ready. Ends in an orderly way on SIGTERM; at once when its parent is gone, because a node
 * nobody supervises must not go on; and at once, with the reason, when the broker gives up.
 */
public final class NodeMain {
    /** Wrong arguments or configuration: starting again will not help. */
    public static final int EXIT_CONFIG = 2;
    /** Could not start, or the broker gave up. */
    public static final int EXIT_BROKEN = 1;
    /** The parent process is gone. */
    public static final int EXIT_ORPHANED = 3;

    private static final Duration BROKER_STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration REQUEST_TO_STOP = Duration.ofMillis(500);
    private static final AtomicBoolean STOPPING = new AtomicBoolean();
    private static final Logger LOG = LoggerFactory.getLogger(NodeMain.class);

    private NodeMain() {
    }

    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("usage: NodeMain FOLDER/NODE/node.yaml");
            System.exit(EXIT_CONFIG);
        }
        Path file = Path.of(args[0]).toAbsolutePath();
        runOrEnd(() -> {
            NodeConfig config = ConfigFile.readNode(file);
            NodeFolder folder = new NodeFolder(file.getParent());
            NodeServices services = new NodeServices(config, folder);
            run(config, folder, config.isVoter() ? List.of(new QuorumJoin(config, folder), services) : List.of(services));
        });
    }

    /** What starts a node; whatever it throws ends the process with one line. */
    @FunctionalInterface
    interface Start {
        void run() throws IOException;
    }

    static void runOrEnd(Start start) {
        try {
            start.run();
        } catch (IllegalArgumentException | UncheckedIOException unusable) {
            end(EXIT_CONFIG, "node cannot start: " + unusable.getMessage());
        } catch (Throwable failed) {
            // Whatever it is: threads of a half-started broker would keep the process alive and useless.
            LOG.error("start failed", failed);
            end(EXIT_BROKEN, "node cannot start: " + failed);
        }
    }

    /**
     * Runs a node until the process ends.
     *
     * @param services started in this order once the broker serves
     */
    static void run(NodeConfig config, NodeFolder folder, List<NodeService> services) throws IOException {
        Files.createDirectories(folder.run());
        PidFile.write(folder.run().resolve("node.pid"));
        ParentWatch.start(() -> orphaned(config));
        UnpackedCode.loadAndRemove();
        long started = System.nanoTime();
        Optional<EmbeddedBroker> broker = config.isVoter()
                ? Optional.of(new EmbeddedBroker(config, folder.kafka(), fault -> brokerGone(config, fault)))
                : Optional.empty();
        Node node = new Node(broker, services);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node, config), "node-stop"));
        node.start();
        say("node " + config.node() + " ready: " + (config.isVoter() ? "broker " + config.id() : "no voter") + " of cluster "
                + config.cluster().name() + " serves on " + config.address() + " after "
                + Duration.ofNanos(System.nanoTime() - started).toMillis() + " ms");
    }

    private static void stop(Node node, NodeConfig config) {
        STOPPING.set(true);
        boolean orderly = node.stop(BROKER_STOP_LIMIT);
        say("node " + config.node() + (orderly ? " stopped"
                : " stopped without its broker's leave (no quorum?); every acknowledged record is on disk"));
        if (!orderly) {
            // Kafka's own threads would keep a shutdown waiting for minutes.
            Runtime.getRuntime().halt(0);
        }
    }

    private static void orphaned(NodeConfig config) {
        // Java's Process.destroy() sends SIGTERM and closes our input: that is a request to stop, not a death.
        LockSupport.parkNanos(REQUEST_TO_STOP.toNanos());
        if (!STOPPING.get()) {
            end(EXIT_ORPHANED, "node " + config.node() + " ends: its parent process is gone");
        }
    }

    private static void brokerGone(NodeConfig config, BrokerFault fault) {
        end(EXIT_BROKEN, "node " + config.node() + " ends: " + fault.describe());
    }

    /** Ends the process now: shutdown hooks would ask a broken broker for an orderly shutdown. */
    private static void end(int status, String reason) {
        say(reason);
        Runtime.getRuntime().halt(status);
    }

    private static void say(String line) {
        LOG.info(line);
        System.out.println(line);
        System.out.flush();
    }
}
