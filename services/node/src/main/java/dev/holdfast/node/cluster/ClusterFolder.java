package dev.holdfast.node.cluster;

import java.nio.file.Path;

/** Where a cluster keeps its files. Nothing is created here. @param root the folder the user named */
public record ClusterFolder(Path root) {
    public ClusterFolder {
        root = root.toAbsolutePath().normalize();
    }

    /** What all nodes agree on. */
    public Path clusterYaml() {
        return root.resolve("cluster.yaml");
    }

    /** Everything of one node. */
    public NodeFolder node(String name) {
        return new NodeFolder(root.resolve(name));
    }

    /** Control endpoint, process id and log of the relays. */
    public Path links() {
        return root.resolve("links");
    }
}
