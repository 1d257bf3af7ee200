package dev.holdfast.cli.local;

import dev.holdfast.node.cluster.ClusterConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Lets this process reach the nodes of the cluster it talks to by their host names, at their real addresses. The names
 * are known to no name server; node processes have a hosts file of their own, and this leaves it alone.
 */
public final class NodeNames extends InetAddressResolverProvider {

    private static final Map<String, byte[]> ADDRESSES = new ConcurrentHashMap<>();

    /** From now on the names of that cluster's nodes mean that cluster's addresses, in this process. */
    static void use(ClusterConfig cluster) {
        for (String node : cluster.nodes()) {
            ADDRESSES.put(cluster.hostOf(node), bytes(cluster.net().real(cluster.idOf(node))));
        }
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
                byte[] address = ADDRESSES.get(host);
                return address == null
                        ? builtin.lookupByName(host, policy)
                        : Stream.of(InetAddress.getByAddress(host, address));
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
