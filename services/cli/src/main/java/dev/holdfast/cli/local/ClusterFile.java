package dev.holdfast.cli.local;

import dev.holdfast.cli.Failure;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.ConfigFile;
import dev.holdfast.node.cluster.InvalidConfig;
import java.nio.file.Files;
import java.nio.file.Path;

/** cluster.yaml of the data folder: all that is needed to reach a cluster, wherever its nodes are. */
public final class ClusterFile {

    private ClusterFile() {}

    /** Whether the folder holds a cluster. */
    public static boolean isIn(Path data) {
        return Files.exists(new ClusterFolder(data).clusterYaml());
    }

    /**
     * What it says.
     *
     * @throws Failure if there is none, or it is unusable
     */
    public static ClusterConfig read(Path data) {
        ClusterFolder folder = new ClusterFolder(data);
        if (!isIn(data)) {
            throw Failure.noAnswer("no cluster in " + folder.root() + ": start one with './holdfast up', or name the "
                    + "folder of another with --data or HOLDFAST_DATA");
        }
        try {
            return ConfigFile.readCluster(folder.clusterYaml());
        } catch (InvalidConfig unusable) {
            throw Failure.badInput(unusable.getMessage());
        }
    }

    /**
     * The name of a node.
     *
     * @throws Failure naming the nodes there are
     */
    public static String requireNode(ClusterConfig config, String name) {
        if (!config.nodes().contains(name)) {
            throw Failure.badInput("no node '" + name + "'; the nodes are " + String.join(", ", config.nodes()));
        }
        return name;
    }
}
