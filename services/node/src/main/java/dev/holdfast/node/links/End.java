package dev.holdfast.node.links;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One of the two sockets of a relayed connection. */
final class End {
    private final SocketChannel channel;
    private SelectionKey key;

    End(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    void register(RelayLoop loop, RelayLoop.Ready ready) throws IOException {
        key = loop.register(channel, ready);
    }

    boolean isReady(int operation) {
        return key.isValid() && (key.readyOps() & operation) != 0;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** @return whether the connection stands; false while it is being made */
    boolean finishConnect() throws IOException {
        return channel.finishConnect();
    }

    void wantConnect() {
        interest(SelectionKey.OP_CONNECT, true);
    }

    void wantRead(boolean wanted) {
        interest(SelectionKey.OP_READ, wanted);
    }

    void wantWrite(boolean wanted) {
        interest(SelectionKey.OP_WRITE, wanted);
    }

    void connected() {
        interest(SelectionKey.OP_CONNECT, false);
    }

    int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    int write(ByteBuffer from) throws IOException {
        return channel.write(from);
    }

    void endOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException gone) {
            close();
        }
    }

    /** Closes so that the peer sees a reset, not an orderly end. */
    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closedAlready) {
            // Then there is nothing left to reset.
        }
        close();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The descriptor is gone either way.
        }
    }

    private void interest(int operation, boolean wanted) {
        if (key.isValid()) {
            key.interestOps(wanted ? key.interestOps() | operation : key.interestOps() & ~operation);
        }
    }
}
