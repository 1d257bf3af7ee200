package dev.holdfast.cli.local;

import dev.holdfast.node.cluster.Addresses;
import dev.holdfast.node.cluster.ClusterConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Lets this process reach the nodes of the cluster it talks to by their host names, at the addresses they listen on. The
 * names are known to no name server; node processes have a hosts file of their own, and this leaves it alone.
 *
 * <p>A cluster may move to another network, and a process may talk to two: the JVM must not remember what a name meant
 * ({@code -Dsun.net.inetaddr.ttl=0}, as the launcher sets it).
 */
public final class NodeNames extends InetAddressResolverProvider {

    private static final Map<String, String> ADDRESSES = new ConcurrentHashMap<>();

    /** From now on the names of that cluster's nodes mean that cluster's addresses, in this process. */
    public static void use(ClusterConfig cluster) {
        cluster.nodes().forEach(node -> ADDRESSES.put(cluster.hostOf(node), cluster.addressOf(node)));
    }

    private static byte[] bytes(String address) {
        String[] octets = address.split("\\.");
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) Integer.parseInt(octets[i]);
        }
        return bytes;
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver builtin = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                String address = ADDRESSES.get(host);
                if (address == null) {
                    return builtin.lookupByName(host, policy);
                }
                if (Addresses.isLiteral(address)) {
                    return Stream.of(InetAddress.getByAddress(host, bytes(address)));
                }
                List<InetAddress> found = new ArrayList<>();
                for (InetAddress each : builtin.lookupByName(address, policy).toList()) {
                    found.add(InetAddress.getByAddress(host, each.getAddress()));
                }
                return found.stream();
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return builtin.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "Holdfast's node names";
    }
}
