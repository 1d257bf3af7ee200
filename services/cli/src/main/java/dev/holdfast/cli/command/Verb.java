package dev.holdfast.cli.command;

import dev.holdfast.cli.audit.JournalSource;
import dev.holdfast.cli.local.ClusterFile;
import dev.holdfast.cli.local.LocalCluster;
import dev.holdfast.cli.output.Screen;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.node.cluster.Addresses;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.Net;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command that does something has in common: where its cluster is and where it writes. */
public abstract class Verb implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** The folder of the cluster, whether there is one or not. */
    protected final Path data() {
        return root().data();
    }

    /**
     * The cluster in that folder, all of whose nodes are on this host.
     *
     * @throws dev.holdfast.cli.Failure if there is none, or its nodes have machines of their own
     */
    protected final LocalCluster cluster() {
        return LocalCluster.open(data());
    }

    /**
     * What the cluster in that folder is, wherever its nodes are.
     *
     * @throws dev.holdfast.cli.Failure if there is none
     */
    protected final ClusterConfig config() {
        return ClusterFile.read(data());
    }

    /**
     * The way to that cluster's log, wherever its nodes are.
     *
     * @throws dev.holdfast.cli.Failure if there is none, or all its nodes are off and it is this host's to know that
     */
    protected final ClusterAccess access() {
        ClusterConfig config = config();
        return switch (config.reach()) {
            case Net net -> ClusterAccess.to(cluster());
            case Addresses addresses -> new ClusterAccess(config);
        };
    }

    /**
     * The journal of that cluster.
     *
     * @throws dev.holdfast.cli.Failure as {@link #access}
     */
    public final JournalSource journal() {
        return JournalSource.of(access(), config().name());
    }

    /**
     * The name of one of its nodes.
     *
     * @throws dev.holdfast.cli.Failure naming the nodes there are
     */
    protected final String knownNode(String name) {
        return ClusterFile.requireNode(config(), name);
    }

    protected final Screen screen() {
        return new Screen(spec.commandLine().getOut(), spec.commandLine().getErr(), root().format());
    }

    protected final CommandSpec spec() {
        return spec;
    }

    private Holdfast root() {
        return (Holdfast) spec.root().userObject();
    }
}
