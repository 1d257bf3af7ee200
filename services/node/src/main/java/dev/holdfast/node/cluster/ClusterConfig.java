package dev.holdfast.node.cluster;

import dev.holdfast.core.node.NonVoter;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all nodes of a cluster agree on, written once by {@link ClusterInit}.
 *
 * @param name        for people; small letters, digits and dashes, at most 30 characters
 * @param clusterId   Kafka's id of the cluster: 22 characters of URL-safe base64
 * @param reach       where the nodes are: a loopback network of this host, or an address for each
 * @param voters      names in order; the position counted from 1 is the node's id. 3, 5 or 7, fixed at init. Each has a
 *                    broker
 * @param nonVoters   nodes that were added since, without a broker
 * @param profile     timing profile: fast, default or careful
 * @param registryUrl schema registry to use; empty means the embedded default without a registry process
 * @param dataset     ZFS dataset under which each node keeps its guests' volumes, with {@link #NODE} for the node's name;
 *                    empty means plain directories in the node's folder
 */
public record ClusterConfig(String name, String clusterId, Reach reach, List<String> voters, List<NonVoter> nonVoters,
        String profile, Optional<URI> registryUrl, Optional<String> dataset) {
    /** Stands for the node's name in the dataset. */
    public static final String NODE = "{node}";
    /** Names of the timing profiles. */
    public static final Set<String> PROFILES = Set.of("fast", "default", "careful");
    /** Host names of nodes end in this; a node JVM resolves them from its own hosts file. */
    public static final String DOMAIN = ".holdfast";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,29}");
    private static final Pattern DATASET = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");
    private static final Pattern CLUSTER_ID = Pattern.compile("[A-Za-z0-9_-]{22}");

    /** @throws InvalidConfig naming the first field that breaks its rule */
    public ClusterConfig {
        requireName("name", name);
        InvalidConfig.require(clusterId != null && CLUSTER_ID.matcher(clusterId).matches(), "clusterId", clusterId,
                "must be 22 characters of URL-safe base64");
        InvalidConfig.require(reach != null, "net", null,
                "must be one of 127.77 to 127.99, or addresses must name one for each node");
        InvalidConfig.require(voters != null, "nodes", null, "must list 3, 5 or 7 node names");
        InvalidConfig.require(Set.of(3, 5, 7).contains(voters.size()), "nodes", voters, "must list 3, 5 or 7 node names");
        voters.forEach(node -> requireName("nodes", node));
        InvalidConfig.require(new HashSet<>(voters).size() == voters.size(), "nodes", voters, "must not repeat a name");
        requireUsable("nodes", voters);
        requireNonVoters(reach, voters, nonVoters);
        InvalidConfig.require(profile != null && PROFILES.contains(profile), "profile", profile,
                "must be fast, default or careful");
        InvalidConfig.require(registryUrl != null, "registryUrl", null, "must be an http or https URL, or left out");
        registryUrl.ifPresent(ClusterConfig::requireHttp);
        InvalidConfig.require(dataset != null, "dataset", null, "must name a ZFS dataset, or be left out");
        dataset.ifPresent(text -> requireDataset(text, reach));
        requireEveryAddress(reach, voters);
        voters = List.copyOf(voters);
        nonVoters = List.copyOf(nonVoters);
    }

    /** A cluster to which no node was added. */
    public ClusterConfig(String name, String clusterId, Reach reach, List<String> voters, String profile,
            Optional<URI> registryUrl, Optional<String> dataset) {
        this(name, clusterId, reach, voters, List.of(), profile, registryUrl, dataset);
    }

    /** Names of all nodes: the voters, then the others. */
    public List<String> nodes() {
        return Stream.concat(voters.stream(), nonVoters.stream().map(NonVoter::name)).toList();
    }

    /** Whether the node has a broker and a vote. */
    public boolean isVoter(String node) {
        return voters.contains(node);
    }

    /** Id of a node, from 1. @throws InvalidConfig if the cluster has no node of that name */
    public int idOf(String node) {
        int at = voters.indexOf(node);
        return at >= 0 ? at + 1 : nonVoter(node).id();
    }

    private NonVoter nonVoter(String node) {
        return nonVoters.stream().filter(each -> each.name().equals(node)).findFirst()
                .orElseThrow(() -> new InvalidConfig("node", node, "must be one of " + nodes()));
    }

    /** Name of the node with this id. @throws IllegalArgumentException if there is none */
    public String nodeOf(int id) {
        return nodes().stream().filter(node -> idOf(node) == id).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node has id " + id));
    }

    /** The greatest id of all nodes. */
    public int greatestId() {
        return nonVoters.isEmpty() ? voters.size() : nonVoters.getLast().id();
    }

    /** The same cluster with these nodes beside its voters. */
    public ClusterConfig with(List<NonVoter> others) {
        return new ClusterConfig(name, clusterId, reach, voters, others, profile, registryUrl, dataset);
    }

    /** The ZFS dataset of a node's volumes; empty if it keeps them as directories. */
    public Optional<String> datasetOf(String node) {
        return dataset.map(text -> text.replace(NODE, node));
    }

    /** Host name under which a node is known to Kafka and to the other nodes. */
    public String hostOf(String node) {
        return node + DOMAIN;
    }

    /**
     * The address of every node.
     *
     * @throws IllegalStateException if they are all on one host
     */
    public Addresses addresses() {
        if (!(reach instanceof Addresses)) {
            throw new IllegalStateException("the nodes of " + name + " have no machines of their own");
        }
        Map<String, String> byNode = new LinkedHashMap<>();
        nodes().forEach(node -> byNode.put(node, addressOf(node)));
        return new Addresses(byNode);
    }

    /** Address that a node listens on: a host name only if the configuration names one. */
    public String addressOf(String node) {
        int id = idOf(node);
        return switch (reach) {
            case Net net -> net.real(id);
            case Addresses addresses -> isVoter(node) ? addresses.byNode().get(node) : nonVoter(node).address();
        };
    }

    /** Address at which a node listens for its own machine alone: its own address where that is one of loopback. */
    public String loopbackOf(String node) {
        String address = addressOf(node);
        return Addresses.isLiteral(address) && address.startsWith("127.") ? address : "127.0.0.1";
    }

    /** Address by which one node reaches another. */
    public String addressOf(String node, String seenFrom) {
        return switch (reach) {
            case Net net -> node.equals(seenFrom) ? addressOf(node) : net.relay(idOf(seenFrom), idOf(node));
            case Addresses addresses -> addressOf(node);
        };
    }

    /** {@code host:port} of every broker, for clients that know the host names of the nodes. */
    public String brokers() {
        return voters.stream().map(node -> hostOf(node) + ":" + Ports.BROKER).collect(Collectors.joining(","));
    }

    /** The loopback network. @throws IllegalStateException if the nodes have machines of their own */
    public Net net() {
        return switch (reach) {
            case Net net -> net;
            case Addresses addresses -> throw new IllegalStateException("cluster " + name + " has no network on this host: "
                    + "its nodes have machines of their own");
        };
    }

    /** The same cluster in another part of the loopback network, for when its ports are taken at start. */
    public ClusterConfig inNet(Net other) {
        return new ClusterConfig(name, clusterId, other, voters, nonVoters, profile, registryUrl, dataset);
    }

    private static void requireEveryAddress(Reach reach, List<String> voters) {
        if (reach instanceof Addresses addresses) {
            InvalidConfig.require(addresses.byNode().keySet().equals(Set.copyOf(voters)), Addresses.FIELD,
                    addresses.byNode().keySet(), "must name each of the nodes " + voters + " and no other");
        }
    }

    private static void requireNonVoters(Reach reach, List<String> voters, List<NonVoter> nonVoters) {
        String field = "nonVoters";
        InvalidConfig.require(nonVoters != null, field, null, "must be a list, or left out");
        Set<String> names = new HashSet<>(voters);
        int before = voters.size();
        for (NonVoter node : nonVoters) {
            InvalidConfig.require(names.add(node.name()), field, node.name(), "must not repeat a name");
            InvalidConfig.require(node.id() > before, field, node.id(), "must have ids that grow, after those of the voters");
            before = node.id();
            boolean needsAddress = reach instanceof Addresses;
            InvalidConfig.require(needsAddress == (node.address() != null), field + "." + node.name(), node.address(),
                    needsAddress ? "must have the address of its machine" : "must have no address: all nodes are on this host");
            if (needsAddress) {
                Addresses.requireAddress(node.name(), node.address());
            }
        }
        requireUsable(field, List.copyOf(names));
    }

    private static void requireUsable(String field, List<String> names) {
        InvalidConfig.require(!names.contains("links"), field, "links", "is the folder of the relays: take another name");
    }

    private static void requireName(String field, String value) {
        InvalidConfig.require(value != null && NAME.matcher(value).matches(), field, value,
                "must start with a small letter and have at most 30 small letters, digits and dashes");
    }

    private static void requireDataset(String text, Reach reach) {
        InvalidConfig.require(DATASET.matcher(text.replace(NODE, "n")).matches() && text.length() <= 150, "dataset", text,
                "must be a pool and a path in it, like tank/holdfast: letters, digits, '.', '_', '-', at most 150");
        InvalidConfig.require(reach instanceof Addresses || text.contains(NODE), "dataset", text,
                "must contain " + NODE + ", since all nodes are on this host: for example tank/holdfast/" + NODE);
    }

    private static void requireHttp(URI url) {
        InvalidConfig.require(url.getHost() != null && Set.of("http", "https").contains(String.valueOf(url.getScheme())),
                "registryUrl", url, "must be an http or https URL with a host, or left out");
    }
}
