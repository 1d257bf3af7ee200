package dev.holdfast.node.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Finds a part of the loopback network in which every port of a cluster is free. */
public final class FreeNet {
    private FreeNet() {
    }

    /**
     * The first of 127.77 to 127.99 that can be used right now. Nothing is reserved: another program may be quicker.
     *
     * @param nodes number of nodes
     * @throws IllegalStateException if every one of them has a port in use
     */
    public static Net first(int nodes) {
        return IntStream.rangeClosed(Net.FIRST, Net.LAST)
                .mapToObj(octet -> new Net("127." + octet))
                .filter(net -> isFree(net, nodes))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free network among 127.77 to 127.99: a port of "
                        + Ports.ALL + " is in use in each (a program listening on all addresses blocks them all: "
                        + "look with 'ss -ltnp')"));
    }

    /** Whether a cluster of that size could listen everywhere in this net right now. */
    public static boolean isFree(Net net, int nodes) {
        return addresses(net, nodes).stream()
                .allMatch(address -> Ports.ALL.stream().allMatch(port -> canBind(address, port)));
    }

    private static List<String> addresses(Net net, int nodes) {
        List<String> addresses = new ArrayList<>();
        for (int from = 1; from <= nodes; from++) {
            addresses.add(net.real(from));
            for (int to = 1; to <= nodes; to++) {
                if (from != to) {
                    addresses.add(net.relay(from, to));
                }
            }
        }
        return addresses;
    }

    private static boolean canBind(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port), 1);
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
