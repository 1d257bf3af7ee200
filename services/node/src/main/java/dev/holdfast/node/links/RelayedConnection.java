package dev.holdfast.node.links;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/** A connection that one node opened to another: two sockets and the two flows between them. */
final class RelayedConnection {
    private final Relays relays;
    private final End client;
    private final End server;
    private final Flow request;
    private final Flow response;

    /** @param opened from the node that opened the connection to the node it wants */
    static RelayedConnection open(Relays relays, Direction opened, SocketChannel accepted, InetSocketAddress real)
            throws IOException {
        SocketChannel upstream = SocketChannel.open();
        upstream.configureBlocking(false);
        RelayedConnection connection = new RelayedConnection(relays, opened, new End(accepted), new End(upstream));
        connection.connect(upstream, real);
        return connection;
    }

    private RelayedConnection(Relays relays, Direction opened, End client, End server) {
        this.relays = relays;
        this.client = client;
        this.server = server;
        this.request = new Flow(this, opened, client, server);
        this.response = new Flow(this, opened.opposite(), server, client);
    }

    private void connect(SocketChannel upstream, InetSocketAddress real) throws IOException {
        client.register(relays.loop(), this::clientReady);
        server.register(relays.loop(), this::serverReady);
        try {
            if (upstream.connect(real)) {
                connected();
            } else {
                server.wantConnect();
            }
        } catch (IOException refused) {
            serverGone();
        }
    }

    List<Flow> flows() {
        return List.of(request, response);
    }

    boolean isOpen() {
        return client.isOpen() || server.isOpen();
    }

    /** Both directions work again: whoever lost bytes learns now that the connection is gone. */
    void resetIfLost() {
        if (request.hasLost() || response.hasLost()) {
            reset();
        }
    }

    void reset() {
        client.reset();
        server.reset();
        relays.forget(this);
    }

    /**
     * A write found its target dead. The news would travel against the flow; if that way is cut the sender goes on
     * sending into nothing.
     */
    void targetDied(Flow flow) {
        if (isCut(flow.direction().opposite())) {
            flow.lose();
        } else {
            reset();
        }
    }

    void flowEnded() {
        if (request.isOver() && response.isOver()) {
            client.close();
            server.close();
            relays.forget(this);
        }
    }

    boolean isCut(Direction direction) {
        return relays.faults().isCut(direction);
    }

    Duration delay(Direction direction) {
        return relays.faults().delay(direction);
    }

    void after(Duration delay, Runnable task) {
        relays.loop().after(delay, task);
    }

    ByteBuffer scratch() {
        return relays.loop().scratch;
    }

    private void connected() {
        server.connected();
        client.wantRead(true);
        server.wantRead(true);
    }

    /** Nothing listens there: the client is told by a reset, unless the way back to it is cut. */
    private void serverGone() {
        server.close();
        if (isCut(response.direction())) {
            request.lose();
            response.lose();
        } else {
            reset();
        }
    }

    private void clientReady() {
        if (client.isReady(SelectionKey.OP_WRITE)) {
            response.write();
        }
        if (client.isReady(SelectionKey.OP_READ)) {
            request.read();
        }
    }

    private void serverReady() {
        if (server.isReady(SelectionKey.OP_CONNECT)) {
            finishConnect();
            return;
        }
        if (server.isReady(SelectionKey.OP_WRITE)) {
            request.write();
        }
        if (server.isReady(SelectionKey.OP_READ)) {
            response.read();
        }
    }

    private void finishConnect() {
        try {
            if (server.finishConnect()) {
                connected();
            }
        } catch (IOException refused) {
            serverGone();
        }
    }
}
