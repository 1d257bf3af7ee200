package dev.holdfast.replication.transfer;

import dev.holdfast.replication.transport.Route;
import dev.holdfast.replication.transport.SshRoute;
import dev.holdfast.replication.transport.Sshd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/** A real sshd, and a relay before it that fails. The key is restricted as it should be. */
final class SshWay implements Way {

    private static final String LOOPBACK = "127.0.0.1";

    private final Sshd sshd;

    SshWay(Sshd sshd) {
        this.sshd = sshd;
    }

    @Override
    public Route to(ReplicaServer server) {
        return route(server, sshd.port());
    }

    @Override
    public Broken broken(ReplicaServer server, long limit, boolean cut) throws IOException {
        Relay relay = new Relay(sshd.port(), limit, cut);
        return new Broken(route(server, relay.address().getPort()), relay);
    }

    @Override
    public String calledFrom() {
        return LOOPBACK;
    }

    private Route route(ReplicaServer server, int port) {
        try {
            sshd.authorize("restrict,port-forwarding,permitopen=\"%s:%d\",permitlisten=\"127.0.0.1:1\","
                    .formatted(LOOPBACK, server.port()) + "command=\"/bin/false\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SshRoute(
                sshd.settings(port), Sshd.ALIAS, LOOPBACK, new InetSocketAddress(LOOPBACK, server.port()));
    }
}
