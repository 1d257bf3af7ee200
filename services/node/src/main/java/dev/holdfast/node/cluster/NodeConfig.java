package dev.holdfast.node.cluster;

/**
 * Everything one node process needs to know before it can read the log: its cluster and its own name.
 *
 * @param cluster what all nodes agree on
 * @param node    this node's name, one of {@code cluster.nodes()}
 */
public record NodeConfig(ClusterConfig cluster, String node) {
    /** @throws InvalidConfig if the cluster is missing or has no node of that name */
    public NodeConfig {
        InvalidConfig.require(cluster != null, "cluster", null, "must be given");
        InvalidConfig.require(node != null, "node", null, "must be one of " + cluster.nodes());
        cluster.idOf(node);
    }

    /** Kafka node id and position in the cluster, from 1. */
    public int id() {
        return cluster.idOf(node);
    }

    /** The address this node listens on: a host name only if the configuration names one. */
    public String address() {
        return cluster.addressOf(node);
    }

    /** The host name other nodes know this node by. */
    public String host() {
        return cluster.hostOf(node);
    }
}
