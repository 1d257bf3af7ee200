package dev.holdfast.replication.transfer;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.replication.transport.Connection;
import dev.holdfast.replication.transport.PipeRoute;
import dev.holdfast.replication.transport.TcpConnection;
import dev.holdfast.replication.volume.ReplicaFloors;
import dev.holdfast.replication.volume.VolumeDriver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The target's side: takes connections of owners, by socket or from within this process, one thread each. */
public final class ReplicaServer implements PipeRoute.Taker, AutoCloseable {

    private static final int MAX_CONNECTIONS = 64;
    private static final Duration OUT_OF_FILES_PAUSE = Duration.ofMillis(200);

    /**
     * @param address to listen on; port 0 for any free one
     * @param node name of this node
     * @param incarnation of this node
     * @param stallLimit a connection on which nothing moves for this long is cut; more than 0
     */
    public record Config(InetSocketAddress address, String node, Incarnation incarnation, Duration stallLimit) {

        public static final int DEFAULT_PORT = 19094;

        public Config {
            if (!stallLimit.isPositive()) {
                throw new IllegalArgumentException("stallLimit " + stallLimit.toMillis() + " ms: must be more than 0");
            }
        }
    }

    private final Config config;
    private final VolumeDriver driver;
    private final ReplicaFloors floors;
    private final InFlightReceives receives;
    private final Consumer<ReceiveEvent> events;
    private final ServerSocket listening;
    private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private ReplicaServer(
            Config config,
            VolumeDriver driver,
            ReplicaFloors floors,
            InFlightReceives receives,
            Consumer<ReceiveEvent> events)
            throws IOException {
        this.config = config;
        this.driver = driver;
        this.floors = floors;
        this.receives = receives;
        this.events = events;
        this.listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(config.address());
    }

    /**
     * Listens from now on.
     *
     * @param receives shared with the promotions of this node, which kill what is in it
     * @param events called from many threads
     * @throws IOException if the address cannot be bound
     */
    public static ReplicaServer start(
            Config config,
            VolumeDriver driver,
            ReplicaFloors floors,
            InFlightReceives receives,
            Consumer<ReceiveEvent> events)
            throws IOException {
        ReplicaServer server = new ReplicaServer(config, driver, floors, receives, events);
        // Not a virtual one: once in some hundred closes, JDK 25 then leaves the socket open to connections nobody takes.
        Thread.ofPlatform().daemon().name("replica-server").start(server::accept);
        return server;
    }

    /** The port it listens on. */
    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                serve(TcpConnection.of(listening.accept()));
            } catch (SocketException closed) {
                // Either closed, or one connection was gone before it was taken.
            } catch (IOException e) {
                events.accept(new ReceiveEvent.Refused(
                        "nobody", new Refusal(Refusal.Reason.IO, "no connection can be taken: " + e.getMessage())));
                LockSupport.parkNanos(OUT_OF_FILES_PAUSE.toNanos());
            }
        }
    }

    @Override
    public void take(Connection connection) throws IOException {
        if (listening.isClosed()) {
            throw new IOException("the replica server of " + config.node() + " is closed");
        }
        serve(connection);
    }

    private void serve(Connection connection) {
        connections.add(connection);
        boolean room = free.tryAcquire();
        Thread.ofVirtual().name("receive").start(() -> {
            try (connection) {
                new Receiver(config, driver, floors, receives, events, connection).run(room);
            } finally {
                connections.remove(connection);
                if (room) {
                    free.release();
                }
            }
        });
    }

    /** Stops listening and cuts every connection. Receives end on their own soon after. */
    @Override
    public void close() throws IOException {
        listening.close();
        connections.forEach(Connection::close);
    }
}
