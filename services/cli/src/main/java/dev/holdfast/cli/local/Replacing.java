package dev.holdfast.cli.local;

import dev.holdfast.cli.Failure;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.ClusterInit;
import dev.holdfast.node.cluster.ConfigFile;
import dev.holdfast.node.cluster.ExistingData;
import dev.holdfast.node.cluster.InvalidConfig;
import dev.holdfast.node.cluster.MachineIdentity;
import dev.holdfast.node.cluster.Net;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.cluster.NodeFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of a machine that takes another one's place. What the one before held on this host is moved aside. */
public final class Replacing {

    private final ClusterFolder folder;
    private final ClusterConfig config;
    private final String node;

    public Replacing(Path data, ClusterConfig config, String node) {
        this.folder = new ClusterFolder(data);
        this.config = config;
        this.node = node;
    }

    /**
     * Whether there is room for it; asked before anything is changed.
     *
     * @throws Failure if the node runs here, or the folder of a cluster of machines holds something of it
     */
    public void check() {
        Path present = folder.node(node).root();
        if (config.reach() instanceof Net) {
            if (!LocalCluster.open(folder.root()).node(node).processes().isEmpty()) {
                throw Failure.failed(node + " has running processes on this host: it is not lost");
            }
        } else if (Files.exists(present)) {
            throw Failure.badInput(present + " is there: the folder for the new machine is made in its place, so move "
                    + "it away first");
        }
    }

    /**
     * Makes it.
     *
     * @return where the folder of the machine before is now; empty if it was not here
     * @throws Failure if it cannot be made
     */
    public Optional<Path> make(MachineIdentity identity) {
        NodeFolder present = folder.node(node);
        try (ClusterLock _ = ClusterLock.ofFolder(folder.root())) {
            NodeConfig made = Files.exists(present.nodeYaml())
                    ? new NodeConfig(config, node, ConfigFile.readNode(present.nodeYaml()).replication())
                    : new NodeConfig(config, node);
            Optional<Path> aside = Files.exists(present.root()) ? Optional.of(Aside.of(folder, node, "replaced")) : Optional.empty();
            if (aside.isPresent()) {
                Files.move(present.root(), aside.get());
            }
            new ClusterInit(folder).createReplacement(made, identity);
            return aside;
        } catch (ExistingData | InvalidConfig refused) {
            throw Failure.failed(refused.getMessage());
        } catch (IOException | UncheckedIOException failed) {
            throw Failure.failed("the folder of the new machine cannot be made: " + failed.getMessage()
                    + "; see to that, then replace the node once more", failed);
        }
    }
}
