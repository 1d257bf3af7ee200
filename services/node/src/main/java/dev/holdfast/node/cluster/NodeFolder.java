package dev.holdfast.node.cluster;

import java.nio.file.Path;

/** Where one node keeps its files. Nothing is created here. @param root {@code D/<node>} */
public record NodeFolder(Path root) {
    public NodeFolder {
        root = root.toAbsolutePath().normalize();
    }

    /** The one configuration file of the node process. */
    public Path nodeYaml() {
        return root.resolve("node.yaml");
    }

    /** Virtual machine identity, incarnation and floor files. */
    public Path machine() {
        return root.resolve("machine");
    }

    /** Private key of this node for replication over ssh; its public part is beside it. */
    public Path replicationKey() {
        return machine().resolve("replication-key");
    }

    /** Host keys of the other nodes' machines, for replication over ssh. */
    public Path knownHosts() {
        return machine().resolve("replication-known-hosts");
    }

    /** Machine id, boot id and boot counter. */
    public Path identity() {
        return machine().resolve("identity");
    }

    /** The broker's and controller's log directory. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** Guest volumes. */
    public Path volumes() {
        return root.resolve("volumes");
    }

    /** Process ids, endpoints, hosts file: meaningless after a power cycle. */
    public Path run() {
        return root.resolve("run");
    }

    /** One log per process. */
    public Path logs() {
        return root.resolve("logs");
    }
}
