package dev.holdfast.node.links;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Accepts what one node opens to another on one port.
 *
 * <p>While the link is cut a new connection must look like a lost SYN: neither accepted nor refused. So the listener stops
 * accepting and fills its own accept queue with plugs, connections from an address no node uses; the kernel then drops
 * every further SYN.
 */
final class RelayListener {
    private static final int BACKLOG = 16;
    /** The kernel lets one more than the backlog in; a few more wait in SYN_SENT and take any place that gets free. */
    private static final int PLUGS = BACKLOG + 4;

    private final Relays relays;
    private final Direction direction;
    private final InetSocketAddress listen;
    private final InetSocketAddress real;
    private final InetAddress plugSource;
    private final ServerSocketChannel channel;
    private final SelectionKey key;
    private final List<SocketChannel> plugs = new ArrayList<>();

    RelayListener(Relays relays, Direction direction, InetSocketAddress listen, InetSocketAddress real,
            InetAddress plugSource) throws IOException {
        this.relays = relays;
        this.direction = direction;
        this.listen = listen;
        this.real = real;
        this.plugSource = plugSource;
        this.channel = ServerSocketChannel.open();
        try {
            channel.bind(listen, BACKLOG);
        } catch (IOException inUse) {
            channel.close();
            throw new IOException("cannot listen on " + listen + ": " + inUse.getMessage(), inUse);
        }
        this.key = relays.loop().register(channel, this::accept);
        key.interestOps(SelectionKey.OP_ACCEPT);
    }

    Direction direction() {
        return direction;
    }

    /** Lets new connections in, or makes them time out. Changes nothing if it is so already. */
    void admit(boolean open) throws IOException {
        if (open && !plugs.isEmpty()) {
            unplug();
        } else if (!open && plugs.isEmpty()) {
            plug();
        }
    }

    private void plug() throws IOException {
        key.interestOps(0);
        for (int i = 0; i < PLUGS; i++) {
            SocketChannel plug = SocketChannel.open();
            plugs.add(plug);
            plug.configureBlocking(false);
            plug.bind(new InetSocketAddress(plugSource, 0));
            plug.connect(listen);
        }
    }

    private void unplug() throws IOException {
        for (SocketChannel plug : plugs) {
            plug.close();
        }
        plugs.clear();
        key.interestOps(SelectionKey.OP_ACCEPT);
    }

    private void accept() {
        try {
            for (SocketChannel accepted = channel.accept(); accepted != null; accepted = channel.accept()) {
                relay(accepted);
            }
        } catch (IOException failed) {
            System.err.println("cannot accept on " + listen + ": " + failed.getMessage());
        }
    }

    private void relay(SocketChannel accepted) throws IOException {
        try {
            if (isPlug(accepted)) {
                accepted.close();
            } else {
                relays.remember(RelayedConnection.open(relays, direction, accepted, real));
            }
        } catch (IOException failed) {
            accepted.close();
            throw failed;
        }
    }

    private boolean isPlug(SocketChannel accepted) throws IOException {
        return accepted.getRemoteAddress() instanceof InetSocketAddress remote && remote.getAddress().equals(plugSource);
    }
}
