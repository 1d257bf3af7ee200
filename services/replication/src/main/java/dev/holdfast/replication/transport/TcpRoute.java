package dev.holdfast.replication.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Straight to the target's port. Neither side is authenticated. */
public record TcpRoute(InetSocketAddress target) implements Route {

    @Override
    public Connection open(Duration within) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(target, Math.toIntExact(within.toMillis()));
            return TcpConnection.of(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return target.toString();
    }
}
