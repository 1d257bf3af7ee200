package dev.holdfast.cli.local;

import dev.holdfast.node.cluster.ClusterFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the folder of a machine goes that is none of the cluster's any more: nothing is deleted. */
final class Aside {

    private Aside() {}

    /** The first that is free of NODE-WHY-1, NODE-WHY-2 and so on. */
    static Path of(ClusterFolder folder, String node, String why) {
        for (int number = 1; ; number++) {
            Path candidate = folder.root().resolve(node + "-" + why + "-" + number);
            if (!Files.exists(candidate)) {
                return candidate;
            }
        }
    }
}
