package dev.holdfast.node.process;

import dev.holdfast.node.cluster.Addresses;
import dev.holdfast.node.cluster.InvalidConfig;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the IPv4 addresses of the machines that a cluster names. */
@FunctionalInterface
interface HostNames {

    /** Every IPv4 address of a name, the preferred one first. */
    List<InetAddress> addressesOf(String name) throws UnknownHostException;

    /** As this machine knows them: its own hosts file, then its name servers. */
    static HostNames ofThisMachine() {
        return name -> Arrays.stream(InetAddress.getAllByName(name)).filter(Inet4Address.class::isInstance).toList();
    }

    /**
     * The address of each node.
     *
     * @throws InvalidConfig if a name has none, or the addresses found cannot be those of one network
     */
    default Map<String, String> lookUp(Addresses addresses) {
        Map<String, InetAddress> found = new LinkedHashMap<>();
        addresses.byNode().forEach((node, name) -> found.put(node, lookUp(node, name)));
        requireOneNetwork(addresses, found);
        Map<String, String> texts = new LinkedHashMap<>();
        found.forEach((node, address) -> texts.put(node, address.getHostAddress()));
        return texts;
    }

    private InetAddress lookUp(String node, String name) {
        try {
            return addressesOf(name).stream().findFirst().orElseThrow(() -> new UnknownHostException(name));
        } catch (UnknownHostException unknown) {
            throw new InvalidConfig("addresses." + node, name,
                    "must have an IPv4 address that this machine can find; it finds none");
        }
    }

    /** Many machines give their own name a loopback address, at which no other machine reaches them. */
    private static void requireOneNetwork(Addresses addresses, Map<String, InetAddress> found) {
        boolean someAreElsewhere = found.values().stream().anyMatch(address -> !address.isLoopbackAddress());
        found.forEach((node, address) -> {
            if (someAreElsewhere && address.isLoopbackAddress()) {
                throw new InvalidConfig("addresses." + node, addresses.byNode().get(node), "is " + address.getHostAddress()
                        + " on this machine, at which no other machine reaches it: must be the address they use");
            }
        });
        if (found.values().stream().map(InetAddress::getHostAddress).distinct().count() < found.size()) {
            throw new InvalidConfig("addresses", found.values(), "must be different machines");
        }
    }
}
