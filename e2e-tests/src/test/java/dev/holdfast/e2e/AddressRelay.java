package dev.holdfast.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One address for the clients of a guest that has none of its own: what they open goes to where the guest runs, as the
 * log says. Stands for whatever does that in a network: a name, a balancer.
 */
final class AddressRelay implements AutoCloseable {

    static final String ADDRESS = "127.0.0.1";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int CONNECT_WITHIN_MS = 1_000;

    private final ServerSocket server;
    private final Supplier<Optional<String>> where;
    private final int port;
    private volatile String target;
    private volatile boolean closed;

    private AddressRelay(ServerSocket server, Supplier<Optional<String>> where, int port) {
        this.server = server;
        this.where = where;
        this.port = port;
    }

    /** @param where the guest's host; empty while that is not known, and then the last one counts */
    static AddressRelay to(Supplier<Optional<String>> where, int port) {
        try {
            AddressRelay relay =
                    new AddressRelay(new ServerSocket(0, 50, InetAddress.getByName(ADDRESS)), where, port);
            relay.look();
            Thread.ofPlatform().daemon().name("relay-look").start(relay::follow);
            Thread.ofPlatform().daemon().name("relay-accept").start(relay::accept);
            return relay;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void follow() {
        try {
            while (!closed) {
                Thread.sleep(BETWEEN_LOOKS);
                look();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        where.get().ifPresent(host -> target = host);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> relay(client));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void relay(Socket client) {
        try (client; Socket guest = new Socket()) {
            guest.connect(new InetSocketAddress(target, port), CONNECT_WITHIN_MS);
            Thread back = Thread.ofVirtual().start(() -> pump(guest, client));
            pump(client, guest);
            back.join();
        } catch (IOException noGuest) {
            // The client sees the end of its connection.
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until either ends; then both do. */
    private static void pump(Socket from, Socket to) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException ended) {
            // As above.
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException alreadyGone) {
            // Nothing listens any more.
        }
    }
}
