package dev.holdfast.cli.local;

import dev.holdfast.cli.Failure;
import dev.holdfast.core.node.NonVoter;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.ClusterInit;
import dev.holdfast.node.cluster.ExistingData;
import dev.holdfast.node.cluster.InvalidConfig;
import dev.holdfast.node.cluster.Net;
import dev.holdfast.node.cluster.NodeConfig;
import dev.holdfast.node.links.LinksClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The folders and files of nodes that are added to a cluster and removed from it. The log is told first, by others. */
public final class Membership {

    private final ClusterFolder folder;
    private final ClusterConfig config;

    public Membership(Path data, ClusterConfig config) {
        this.folder = new ClusterFolder(data);
        this.config = config;
    }

    /**
     * Whether the node could be made; asked before anything is changed.
     *
     * @throws Failure if its name or its address cannot be one, or its folder holds something
     */
    public void checkAdding(NonVoter node) {
        try {
            NodeConfig made = new NodeConfig(config.with(List.of(node)), node.name());
            Path root = folder.node(node.name()).root();
            if (Files.exists(root) && !Files.exists(folder.node(made.node()).nodeYaml())) {
                throw Failure.badInput(root + " is there: the folder of the new node is made in its place, so move it away "
                        + "first");
            }
        } catch (InvalidConfig invalid) {
            throw Failure.badInput(invalid.getMessage());
        }
    }

    /**
     * Makes its folder, and the links to it if they run here.
     *
     * @param all every node that is no voter, by the settings in force
     * @return the folder
     * @throws Failure if it cannot be made; adding the node once more goes on from there
     */
    public Path make(NonVoter node, List<NonVoter> all) {
        try (ClusterLock _ = ClusterLock.ofFolder(folder.root())) {
            new ClusterInit(folder).createAdded(new NodeConfig(config.with(all), node.name()));
            if (config.reach() instanceof Net && new LinksProcess(folder).process().isPresent()) {
                new LinksClient(folder).reload();
            }
            return folder.node(node.name()).root();
        } catch (ExistingData | InvalidConfig refused) {
            throw Failure.failed(refused.getMessage());
        } catch (IOException | IllegalArgumentException | UncheckedIOException failed) {
            throw Failure.failed("the log knows " + node.name() + ", but its folder cannot be made: " + failed.getMessage()
                    + "; see to that, then add the node once more", failed);
        }
    }

    /**
     * Whether nothing of the node runs here.
     *
     * @throws Failure if something does
     */
    public void checkRemoving(String node) {
        if (config.reach() instanceof Net && !LocalCluster.open(folder.root()).node(node).processes().isEmpty()) {
            throw Failure.failed(node + " has running processes on this host: './holdfast node stop " + node + "' first");
        }
    }

    /**
     * Takes it out of the cluster's file. Its folder is moved aside, if it is here.
     *
     * @return where it is now; empty if it was not here
     * @throws Failure if that cannot be done; removing the node once more goes on from there
     */
    public Optional<Path> forget(String node) {
        try (ClusterLock _ = ClusterLock.ofFolder(folder.root())) {
            Path present = folder.node(node).root();
            Optional<Path> aside =
                    Files.exists(present) ? Optional.of(Aside.of(folder, node, "removed")) : Optional.empty();
            if (aside.isPresent()) {
                Files.move(present, aside.get());
            }
            new ClusterInit(folder).forget(node);
            return aside;
        } catch (IOException | UncheckedIOException failed) {
            throw Failure.failed("the log knows " + node + " no more, but its folder cannot be moved aside: "
                    + failed.getMessage() + "; see to that, then remove the node once more", failed);
        }
    }
}
