package dev.holdfast.node.links;

import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.Net;
import dev.holdfast.node.cluster.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All links between the nodes of one cluster: a listener per ordered pair and port, and what passes through them. */
final class Relays {
    private final RelayLoop loop;
    private final Faults faults = new Faults();
    private final List<Direction> directions = new ArrayList<>();
    private final List<RelayListener> listeners = new ArrayList<>();
    private final Set<RelayedConnection> connections = new HashSet<>();

    /** Listens everywhere. @throws IOException naming the address if one is in use */
    Relays(ClusterConfig cluster, RelayLoop loop) throws IOException {
        this.loop = loop;
        extend(cluster);
    }

    /**
     * Listens for nodes that were added; those that were removed are left as they are. On the loop's thread, or before it
     * starts.
     *
     * @throws IOException naming the address if one is in use
     */
    void extend(ClusterConfig cluster) throws IOException {
        InetAddress plugSource = InetAddress.getByName(cluster.net().relaysOwn());
        for (Direction direction : directions(cluster)) {
            if (!directions.contains(direction)) {
                for (int port : Ports.ALL) {
                    listeners.add(listener(cluster.net(), direction, port, plugSource));
                }
                directions.add(direction);
            }
        }
    }

    private RelayListener listener(Net net, Direction direction, int port, InetAddress plugSource) throws IOException {
        return new RelayListener(this, direction,
                new InetSocketAddress(net.relay(direction.from(), direction.to()), port),
                new InetSocketAddress(net.real(direction.to()), port), plugSource);
    }

    /** Every ordered pair, in the order of the nodes. */
    List<Direction> directions() {
        return List.copyOf(directions);
    }

    RelayLoop loop() {
        return loop;
    }

    Faults faults() {
        return faults;
    }

    int connectionCount() {
        return connections.size();
    }

    void remember(RelayedConnection connection) {
        if (connection.isOpen()) {
            connections.add(connection);
        }
    }

    void forget(RelayedConnection connection) {
        connections.remove(connection);
    }

    void cut(Direction direction) {
        faults.cut(direction);
        connections.stream().flatMap(connection -> connection.flows().stream())
                .filter(flow -> flow.direction().equals(direction))
                .forEach(Flow::cut);
        admit(direction);
        admit(direction.opposite());
    }

    void heal(Direction direction) {
        faults.heal(direction);
        admit(direction);
        admit(direction.opposite());
        if (faults.canConnect(direction)) {
            List.copyOf(connections).stream()
                    .filter(connection -> connection.flows().stream().anyMatch(flow -> flow.direction().equals(direction)))
                    .forEach(RelayedConnection::resetIfLost);
        }
    }

    void delay(Direction direction, Duration delay) {
        faults.delay(direction, delay);
    }

    private void admit(Direction direction) {
        try {
            for (RelayListener listener : listeners) {
                if (listener.direction().equals(direction)) {
                    listener.admit(faults.canConnect(direction));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot change the listeners " + direction, failed);
        }
    }

    private static List<Direction> directions(ClusterConfig cluster) {
        List<Integer> ids = cluster.nodes().stream().map(cluster::idOf).toList();
        return ids.stream()
                .flatMap(from -> ids.stream().filter(to -> !to.equals(from)).map(to -> new Direction(from, to)))
                .toList();
    }
}
