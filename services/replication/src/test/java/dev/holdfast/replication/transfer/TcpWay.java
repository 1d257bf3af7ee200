package dev.holdfast.replication.transfer;

import dev.holdfast.replication.transport.Route;
import dev.holdfast.replication.transport.TcpRoute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Sockets, and a relay between them that fails. */
final class TcpWay implements Way {

    @Override
    public Route to(ReplicaServer server) {
        return new TcpRoute(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    }

    @Override
    public Broken broken(ReplicaServer server, long limit, boolean cut) throws IOException {
        Relay relay = new Relay(server.port(), limit, cut);
        return new Broken(new TcpRoute(relay.address()), relay);
    }

    @Override
    public String calledFrom() {
        return "127.0.0.1";
    }
}
