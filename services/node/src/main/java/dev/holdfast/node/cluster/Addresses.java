package dev.holdfast.node.cluster;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Every node on a machine of its own, which listens on this address and is reached by it from everywhere.
 *
 * @param byNode address of each node, by the node's name, in the cluster's order: an IPv4 address, or a host name, which
 *               is looked up when a node starts
 */
public record Addresses(Map<String, String> byNode) implements Reach {
    static final String FIELD = "addresses";

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    /** The last label holds a letter: 10.77.0.300 is a mistyped address and no host. */
    private static final Pattern HOST = Pattern.compile(
            "(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*(?=[^.]*[A-Za-z])[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    /** @throws InvalidConfig naming the first address that breaks its rule */
    public Addresses {
        InvalidConfig.require(byNode != null, FIELD, null, "must map every node to its address");
        byNode.forEach(Addresses::requireAddress);
        InvalidConfig.require(new HashSet<>(byNode.values()).size() == byNode.size(), FIELD, byNode,
                "must not give two nodes the same address: all nodes use the same ports");
        byNode = Collections.unmodifiableMap(new LinkedHashMap<>(byNode));
    }

    /** Whether it can be used as it is, without asking for the address of a name. */
    public static boolean isLiteral(String address) {
        return IPV4.matcher(address).matches();
    }

    static void requireAddress(String node, String address) {
        String field = FIELD + "." + node;
        InvalidConfig.require(address != null && (isLiteral(address) || HOST.matcher(address).matches()), field, address,
                "must be an IPv4 address or a host name");
        InvalidConfig.require(!address.startsWith("0."), field, address,
                "must be the one address that the other machines use, not all of them");
        InvalidConfig.require(!address.endsWith(ClusterConfig.DOMAIN), field, address,
                "must not end in " + ClusterConfig.DOMAIN + ": those names are made from these addresses");
    }
}
