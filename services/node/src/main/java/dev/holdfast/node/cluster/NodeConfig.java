package dev.holdfast.node.cluster;

/**
 * Everything one node process needs to know before it can read the log: its cluster and its own name.
 *
 * @param cluster what all nodes agree on
 * @param node    this node's name, one of {@code cluster.nodes()}
 * @param replication how it sends and receives volumes
 */
public record NodeConfig(ClusterConfig cluster, String node, ReplicationConfig replication) {
    /** With replication as it is by default. */
    public NodeConfig(ClusterConfig cluster, String node) {
        this(cluster, node, ReplicationConfig.DEFAULT);
    }

    /** @throws InvalidConfig if the cluster is missing, has no such node, or cannot be replicated in that way */
    public NodeConfig {
        InvalidConfig.require(cluster != null, "cluster", null, "must be given");
        InvalidConfig.require(node != null, "node", null, "must be one of " + cluster.nodes());
        cluster.idOf(node);
        InvalidConfig.require(replication.ssh().isEmpty() || cluster.reach() instanceof Addresses,
                ReplicationConfig.FIELD + ".transport", "ssh",
                "must be tcp in a cluster that has a net: its nodes are all on one host");
    }

    /** The same node in its cluster as it is now. */
    public NodeConfig in(ClusterConfig now) {
        return new NodeConfig(now, node, replication);
    }

    /** Whether it has a broker and a vote. */
    public boolean isVoter() {
        return cluster.isVoter(node);
    }

    /** Its number in the cluster, from 1; of a voter also Kafka's id of its broker. */
    public int id() {
        return cluster.idOf(node);
    }

    /** The address this node listens on: a host name only if the configuration names one. */
    public String address() {
        return cluster.addressOf(node);
    }

    /**
     * Where the replication of a node listens, as that node's own machine sees it. Behind sshd it is a loopback
     * address, so that there is no other way in.
     */
    public String replicaAddressOf(String node) {
        return replication.ssh().isPresent() ? cluster.loopbackOf(node) : cluster.addressOf(node);
    }

    /** The host name other nodes know this node by. */
    public String host() {
        return cluster.hostOf(node);
    }
}
